import { Body, Controller, Get, Headers, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { etag } from '../accounts/account-reply.js';
import { Caller, Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { ApiIdempotencyKey } from '../idempotency/api-idempotency-key.js';
import { ChangeLimitDto, CreateLimitDto, LimitDto, LimitListDto } from './limit.dto.js';
import { LimitListQueryDto } from './limit-list.dto.js';
import { limitReply, Limits } from './limits.js';

const ETAG = {
  ETag: { description: 'Version of the limit, for If-Match.', schema: { type: 'string' }, example: '"1"' },
};
const LOCATION = { Location: { description: 'Of the limit.', schema: { type: 'string' } } };
const LimitParam = (): MethodDecorator =>
  ApiParam({ name: 'limitId', description: 'Id of the limit.', format: 'uuid' });

@ApiTags('reservations')
@ApiBearerAuth()
@Roles('risk')
@Controller('v1/limits')
export class LimitsController {
  constructor(private readonly limits: Limits) {}

  @Get()
  @ApiOperation({
    summary: 'Limits',
    description:
      'Role risk. What the orders of the firm, of desks and of accounts may hold, and hold now, page by page.',
  })
  @ApiOkResponse({ type: LimitListDto, description: 'A page of limits.' })
  @ApiProblems(400, 401, 403, 503)
  listLimits(@Query() query: LimitListQueryDto): Promise<LimitListDto> {
    return this.limits.list(query);
  }

  @Get(':limitId')
  @LimitParam()
  @ApiOperation({ summary: 'A limit', description: 'Role risk.' })
  @ApiOkResponse({ type: LimitDto, headers: ETAG, description: 'As it is now.' })
  @ApiProblems(401, 403, 404, 503)
  async findLimit(@Param('limitId') id: string, @Res({ passthrough: true }) response: Response): Promise<LimitDto> {
    const limit = await this.limits.find(id);
    response.set('ETag', etag(limit.version));
    return limitReply(limit);
  }

  @Post()
  @ApiIdempotencyKey()
  @ApiOperation({
    summary: 'Set a limit',
    description:
      'Role risk. From now on no reservation is made that would take what working orders hold, and executed ones have ' +
      'used, above the amount. What is held already counts from the start. One limit for the firm, each desk and account.',
  })
  @ApiCreatedResponse({ type: LimitDto, headers: { ...ETAG, ...LOCATION }, description: 'It holds from now on.' })
  @ApiProblems(400, 401, 403, 409, 413, 415, 503)
  async createLimit(
    @Body() request: CreateLimitDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LimitDto> {
    const limit = await this.limits.create(request, caller);
    response.set({ Location: `/v1/limits/${limit.id}`, ETag: etag(limit.version) });
    return limitReply(limit);
  }

  @Put(':limitId')
  @LimitParam()
  @ApiIdempotencyKey()
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag of the version this replaces.', example: '"1"' })
  @ApiOperation({
    summary: 'Change a limit',
    description:
      'Role risk. Lowered below what is held it ends nothing, but nothing is let through any more that holds margin.',
  })
  @ApiOkResponse({ type: LimitDto, headers: ETAG, description: 'It holds from now on.' })
  @ApiProblems(400, 401, 403, 404, 412, 413, 415, 428, 503)
  async changeLimit(
    @Param('limitId') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() request: ChangeLimitDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LimitDto> {
    const limit = await this.limits.change(id, ifMatch, request, caller);
    response.set('ETag', etag(limit.version));
    return limitReply(limit);
  }
}

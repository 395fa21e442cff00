import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { etag } from '../accounts/account-reply.js';
import { Caller, Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { ExtendCallDto, MarginCallHistoryDto, ReviewCallsDto, WaiveCallDto } from './margin-call.dto.js';
import { MarginCallListDto, MarginCallsQueryDto } from './margin-call-list.dto.js';
import { MarginCalls } from './margin-calls.js';

const ETAG = {
  ETag: { description: 'Version of the call, for If-Match.', schema: { type: 'string' as const }, example: '"1"' },
};
const CallParam = (): MethodDecorator =>
  ApiParam({ name: 'callId', description: 'Id of the call.', example: '6ef67f6b-9a43-4c49-a3f5-6f2f6a6f0f0b' });
const IfMatch = (): MethodDecorator =>
  ApiHeader({ name: 'If-Match', required: true, description: 'ETag of the version this decides on.', example: '"1"' });

@ApiTags('margin calls')
@ApiBearerAuth()
@Controller('v1/margin-calls')
export class MarginCallsController {
  constructor(private readonly calls: MarginCalls) {}

  @Get()
  @ApiOperation({
    summary: 'Margin calls',
    description: 'Latest opened first, page by page. A desk key sees only its own desk’s.',
  })
  @ApiOkResponse({ type: MarginCallListDto, description: 'A page of calls.' })
  @ApiProblems(400, 401, 503)
  listMarginCalls(@Query() query: MarginCallsQueryDto, @Caller() caller: Caller): Promise<MarginCallListDto> {
    return this.calls.list(query, caller);
  }

  @Post('review')
  @HttpCode(200)
  @Roles('risk')
  @ApiOperation({
    summary: 'Value an account now and follow its margin calls',
    description:
      'Role risk. What a reprice run does for every account: a deficit opens a call, a call that is met is closed, one ' +
      'that was not met in time is overdue.',
  })
  @ApiOkResponse({ type: MarginCallListDto, description: 'The calls of the account that are not met.' })
  @ApiProblems(400, 401, 403, 404, 413, 415, 422, 503)
  reviewMarginCalls(@Body() { accountId }: ReviewCallsDto, @Caller() caller: Caller): Promise<MarginCallListDto> {
    return this.calls.review(accountId, caller);
  }

  @Get(':callId')
  @CallParam()
  @ApiOperation({ summary: 'A margin call', description: 'With its history. Every role; a desk only its own.' })
  @ApiOkResponse({ type: MarginCallHistoryDto, description: 'The call.', headers: ETAG })
  @ApiProblems(401, 404, 503)
  async findMarginCall(
    @Param('callId') id: string,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MarginCallHistoryDto> {
    return withTag(await this.calls.find(id, caller), response);
  }

  @Post(':callId/extend')
  @HttpCode(200)
  @Roles('risk')
  @CallParam()
  @IfMatch()
  @ApiOperation({
    summary: 'Put a margin call off',
    description: 'Role risk. From now on it is due on a later business day; what barred orders no longer does.',
  })
  @ApiOkResponse({ type: MarginCallHistoryDto, description: 'The call from now on.', headers: ETAG })
  @ApiProblems(400, 401, 403, 404, 409, 412, 413, 415, 428, 503)
  async extendMarginCall(
    @Param('callId') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() asked: ExtendCallDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MarginCallHistoryDto> {
    return withTag(await this.calls.extend(id, ifMatch, asked, caller), response);
  }

  @Post(':callId/waive')
  @HttpCode(200)
  @Roles('risk')
  @CallParam()
  @IfMatch()
  @ApiOperation({
    summary: 'Give a margin call up',
    description:
      'Role risk. It bars nothing any more, and is followed on: as soon as more is missing than now it is open again, ' +
      'and due anew.',
  })
  @ApiOkResponse({ type: MarginCallHistoryDto, description: 'The call from now on.', headers: ETAG })
  @ApiProblems(400, 401, 403, 404, 409, 412, 413, 415, 428, 503)
  async waiveMarginCall(
    @Param('callId') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() asked: WaiveCallDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MarginCallHistoryDto> {
    return withTag(await this.calls.waive(id, ifMatch, asked, caller), response);
  }
}

function withTag(call: MarginCallHistoryDto, response: Response): MarginCallHistoryDto {
  response.set('ETag', etag(call.version));
  return call;
}

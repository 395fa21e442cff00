import { Body, Controller, Get, Headers, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
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
import { pathAccountId } from '../fields/account-id.js';
import {
  CashMovementDto,
  CashMovementListDto,
  cashMovementReply,
  CashMovementsQueryDto,
  NewCashMovementDto,
} from './cash-movement.dto.js';
import { CashMovements } from './cash-movements.js';

const ETAG = {
  ETag: { description: 'Version of the account, for If-Match.', schema: { type: 'string' as const }, example: '"2"' },
};
const AccountParam = (): MethodDecorator =>
  ApiParam({ name: 'accountId', description: 'Id of the account.', example: 'demo-in-deficit' });

@ApiTags('accounts')
@ApiBearerAuth()
@Controller('v1/accounts/:accountId/cash-movements')
export class CashMovementsController {
  constructor(private readonly movements: CashMovements) {}

  @Get()
  @AccountParam()
  @ApiOperation({
    summary: 'Money paid in and out',
    description: 'Latest first, page by page. Every role; a desk only its own.',
  })
  @ApiOkResponse({ type: CashMovementListDto, description: 'A page of movements.' })
  @ApiProblems(400, 401, 404, 503)
  listCashMovements(
    @Param('accountId') id: string,
    @Query() query: CashMovementsQueryDto,
    @Caller() caller: Caller,
  ): Promise<CashMovementListDto> {
    return this.movements.list(pathAccountId(id), query, caller);
  }

  @Post()
  @Roles('risk')
  @AccountParam()
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'ETag of the version of the account this is based on.',
    example: '"1"',
  })
  @ApiOperation({
    summary: 'Pay money in or out',
    description:
      'Role risk. Out of an account goes only what its equity exceeds its requirement by, and under portfolio margin the ' +
      'minimum equity. A deposit that is as much as a margin call asks for meets it at once. The same `movementId` again ' +
      'is answered with the movement that was made.',
  })
  @ApiCreatedResponse({ type: CashMovementDto, description: 'The movement as stored.', headers: ETAG })
  @ApiOkResponse({ type: CashMovementDto, description: 'It had been made before.', headers: ETAG })
  @ApiProblems(400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 503)
  async moveCash(
    @Param('accountId') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() asked: NewCashMovementDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CashMovementDto> {
    const { movement, isNew } = await this.movements.move(pathAccountId(id), ifMatch, asked, caller);
    response.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).set('ETag', etag(movement.accountVersion));
    return cashMovementReply(movement);
  }
}

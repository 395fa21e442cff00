import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { pathAccountId } from '../fields/account-id.js';
import { AccountCallsQueryDto, MarginCallListDto } from './margin-call-list.dto.js';
import { MarginCalls } from './margin-calls.js';

const AccountParam = (): MethodDecorator =>
  ApiParam({ name: 'accountId', description: 'Id of the account.', example: 'demo-in-deficit' });

@ApiTags('margin calls')
@ApiBearerAuth()
@Controller('v1/accounts/:accountId/margin-calls')
export class AccountCallsController {
  constructor(private readonly calls: MarginCalls) {}

  @Get()
  @AccountParam()
  @ApiOperation({
    summary: 'Margin calls of an account',
    description: 'Latest opened first, page by page. Every role; a desk only its own.',
  })
  @ApiOkResponse({ type: MarginCallListDto, description: 'A page of calls.' })
  @ApiProblems(400, 401, 404, 503)
  listAccountCalls(
    @Param('accountId') id: string,
    @Query() query: AccountCallsQueryDto,
    @Caller() caller: Caller,
  ): Promise<MarginCallListDto> {
    return this.calls.listOf(pathAccountId(id), query, caller);
  }
}

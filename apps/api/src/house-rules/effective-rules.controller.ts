import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { pathAccountId } from '../fields/account-id.js';
import { AccountEffectiveRules } from './effective-rules.js';
import { EffectiveRulesDto, EffectiveRulesQueryDto } from './effective-rules.dto.js';

@ApiTags('house rules')
@ApiBearerAuth()
@Controller('v1/accounts')
export class EffectiveRulesController {
  constructor(private readonly effectiveRules: AccountEffectiveRules) {}

  @Get(':accountId/effective-rules')
  @ApiParam({ name: 'accountId', description: 'Id of the account.', example: 'demo-short-strangle' })
  @ApiOperation({
    summary: 'The numbers an account is margined with',
    description:
      'Of the account, of each class group and symbol it holds, and of those asked about: the value, who set it, and ' +
      'which house rules lost and why. Every role; a desk only its own accounts.',
  })
  @ApiOkResponse({ type: EffectiveRulesDto, description: 'The rules in force.' })
  @ApiProblems(400, 401, 404, 422, 503)
  findEffectiveRules(
    @Param('accountId') id: string,
    @Query() query: EffectiveRulesQueryDto,
    @Caller() caller: Caller,
  ): Promise<EffectiveRulesDto> {
    return this.effectiveRules.find(pathAccountId(id), query, caller);
  }
}

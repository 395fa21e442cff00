import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { etag } from '../accounts/account-reply.js';
import { Caller, Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { answered, ApiBookChange } from './api-book-change.js';
import { BookChanges } from './book-changes.js';
import { DryRunDto, DryRunQueryDto } from './dry-run.dto.js';
import { AmendHouseRuleDto, EndHouseRuleDto, NewHouseRuleDto, StatedReasonDto } from './house-rule.dto.js';
import { HouseRuleListQueryDto } from './house-rule-list.dto.js';
import { HouseRuleHistoryDto, HouseRuleListDto, WrittenChangeDto } from './house-rule-reply.dto.js';
import { AMEND_EXAMPLES, END_EXAMPLES, HOUSE_RULE_EXAMPLES, REASON_EXAMPLES } from './house-rule-examples.js';
import { HouseRules } from './house-rules.js';
import { amendment, creation, ending, withdrawal } from './rule-changes.js';

type Changed = WrittenChangeDto | DryRunDto;

const ETAG = {
  ETag: { description: 'Version of the rule, for If-Match.', schema: { type: 'string' as const }, example: '"1"' },
};
const RuleParam = (): MethodDecorator =>
  ApiParam({ name: 'ruleId', description: 'Id of the rule.', example: 'd0000000-0000-4000-8000-000000000001' });

@ApiTags('house rules')
@ApiBearerAuth()
@Controller('v1/house-rules')
export class HouseRulesController {
  constructor(
    private readonly rules: HouseRules,
    private readonly book: BookChanges,
  ) {}

  @Get()
  @Roles('risk')
  @ApiOperation({
    summary: 'The house-rule book',
    description:
      'Role risk. Every rule, or those in force on an exchange date (`asOf`); as it is known now, or as it was known at ' +
      'any instant (`knownAt`): nothing that was ever in the book is lost.',
  })
  @ApiOkResponse({ type: HouseRuleListDto, description: 'A page of rules.' })
  @ApiProblems(400, 401, 403, 503)
  listHouseRules(@Query() query: HouseRuleListQueryDto): Promise<HouseRuleListDto> {
    return this.rules.list(query);
  }

  @Get(':ruleId')
  @Roles('risk')
  @RuleParam()
  @ApiOperation({ summary: 'A house rule', description: 'Role risk. With its periods and every change of it.' })
  @ApiOkResponse({ type: HouseRuleHistoryDto, description: 'The rule.', headers: ETAG })
  @ApiProblems(401, 403, 404, 503)
  async findHouseRule(
    @Param('ruleId') ruleId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<HouseRuleHistoryDto> {
    const rule = await this.rules.find(ruleId);
    response.set('ETag', etag(rule.version));
    return rule;
  }

  @Post()
  @ApiBookChange({
    summary: 'A new house rule',
    description:
      'For the firm, a group of accounts or one account; for everything, a product class, a class group or a symbol. A ' +
      'second rule for the same number, target and days is a 409. It loosens where it takes the place of a broader, ' +
      'stricter rule.',
    body: NewHouseRuleDto,
    examples: HOUSE_RULE_EXAMPLES,
  })
  async createHouseRule(
    @Body() request: NewHouseRuleDto,
    @Query() query: DryRunQueryDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Changed> {
    const make = creation(request, this.rules.today());
    await this.book.refuseUnknownAccounts({ accountId: request.accountId ?? undefined });
    return answered(response, await this.book.make(make, { caller, reason: request.reason, query }));
  }

  @Post(':ruleId/amend')
  @RuleParam()
  @ApiBookChange({
    summary: 'Another value from a day on',
    description: 'A new version of the rule: before that day it stays what it was.',
    body: AmendHouseRuleDto,
    examples: AMEND_EXAMPLES,
    ifMatch: true,
  })
  async amendHouseRule(
    @Param('ruleId') ruleId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() request: AmendHouseRuleDto,
    @Query() query: DryRunQueryDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Changed> {
    const make = amendment(ruleId, ifMatch, request, this.rules.today());
    return answered(response, await this.book.make(make, { caller, reason: request.reason, query }));
  }

  @Post(':ruleId/end')
  @RuleParam()
  @ApiBookChange({
    summary: 'A last day',
    description: 'From the day after, it binds nobody.',
    body: EndHouseRuleDto,
    examples: END_EXAMPLES,
    ifMatch: true,
  })
  async endHouseRule(
    @Param('ruleId') ruleId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() request: EndHouseRuleDto,
    @Query() query: DryRunQueryDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Changed> {
    const make = ending(ruleId, ifMatch, request);
    return answered(response, await this.book.make(make, { caller, reason: request.reason, query }));
  }

  @Post(':ruleId/withdraw')
  @RuleParam()
  @ApiBookChange({
    summary: 'Take a rule back',
    description: 'On every day, as if it had not been made; what was known before stays on record.',
    body: StatedReasonDto,
    examples: REASON_EXAMPLES,
    ifMatch: true,
  })
  async withdrawHouseRule(
    @Param('ruleId') ruleId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() { reason }: StatedReasonDto,
    @Query() query: DryRunQueryDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Changed> {
    return answered(response, await this.book.make(withdrawal(ruleId, ifMatch), { caller, reason, query }));
  }
}

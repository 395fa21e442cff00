import { ApiProperty } from '@nestjs/swagger';
import { money } from '../what-if/money-change.dto.js';
import { StrategyDto } from '../what-if/reg-t-reply.dto.js';
import { FlagDto, PriceProvenanceDto } from '../what-if/what-if-reply.dto.js';

const ratio = (description: string) => ({
  ...{ type: Number, nullable: true, description: `${description}; null without long positions.`, example: 0.15 },
});

export class ConditionDto {
  @ApiProperty({ example: 'account.type' })
  code!: string;

  @ApiProperty({
    enum: ['MEETS', 'FAILS', 'TO_CONFIRM', 'NOT_ASKED'],
    description:
      'TO_CONFIRM: the request does not say. NOT_ASKED: not met, but of another tier than the one asked for.',
  })
  status!: 'MEETS' | 'FAILS' | 'TO_CONFIRM' | 'NOT_ASKED';

  @ApiProperty({ description: 'The same in a sentence.' })
  detail!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Where it is written; null for a minimum of your own.' })
  citation!: string | null;
}

export class IneligiblePositionDto {
  @ApiProperty({ example: 'PINK' })
  symbol!: string;

  @ApiProperty({ enum: ['position.non_margin', 'position.low_priced'], description: 'Why.' })
  code!: string;

  @ApiProperty({ description: 'The same in a sentence.' })
  detail!: string;

  @ApiProperty({ description: 'Rule or convention.' })
  citation!: string;
}

export class AnalysisGapDto {
  @ApiProperty({ type: String, nullable: true, description: 'Null where it is about the account.', example: 'OLDN' })
  symbol!: string | null;

  @ApiProperty({ example: 'price.stale' })
  code!: string;

  @ApiProperty({ description: 'What is missing, in a sentence.' })
  detail!: string;
}

/** Numbers that a class group and the whole account both have. */
export class RegimesDto {
  @ApiProperty(money('Long positions at their marks, dollars.'))
  longMarketValue!: string;

  @ApiProperty(money('Short positions at their marks, dollars, ≤ 0.', '-3400.00'))
  shortMarketValue!: string;

  @ApiProperty(money('Portfolio-margin requirement, house rules included.', '15930.00'))
  portfolioMargin!: string;

  @ApiProperty(money('Initial requirement under Regulation T and the strategy-based rules.', '53100.00'))
  regTInitial!: string;

  @ApiProperty(money('Maintenance requirement under the strategy-based rules.', '26550.00'))
  regTMaintenance!: string;

  @ApiProperty(money('Excess under portfolio margin less excess under Reg T: + is capital set free.', '37170.00'))
  capitalFreed!: string;

  @ApiProperty(ratio('Portfolio-margin requirement to long market value'))
  portfolioMarginRatio!: number | null;

  @ApiProperty(ratio('Reg T initial requirement to long market value'))
  regTInitialRatio!: number | null;

  @ApiProperty(ratio('Maintenance requirement to long market value'))
  regTMaintenanceRatio!: number | null;
}

export class UnderlyingRegimesDto extends RegimesDto {
  @ApiProperty({ description: 'What nets in portfolio margin: a stock with its options, an index with its funds.' })
  classGroup!: string;

  @ApiProperty({ type: [String], description: 'The underlyings held in it.', example: ['SPX', 'SPY'] })
  underlyings!: readonly string[];

  @ApiProperty({ type: [StrategyDto], description: 'The pairing of the initial requirement.' })
  strategies!: readonly StrategyDto[];

  @ApiProperty({ description: 'No permitted pairing requires less: proven.' })
  optimal!: boolean;

  @ApiProperty({
    ...money('By how much one could require less at most; 0.00 where proven, null where unknown.', '0.00'),
    nullable: true,
  })
  gap!: string | null;
}

export class AccountRegimesDto extends RegimesDto {
  @ApiProperty(money('Cash and every position at its mark.', '250000.00'))
  portfolioMarginEquity!: string;

  @ApiProperty(money('That equity less the requirement.'))
  portfolioMarginExcess!: string;

  @ApiProperty(money('Cash, stock and what options count for: up to nine months nothing.', '248000.00'))
  regTEquity!: string;

  @ApiProperty(money('That equity less the initial requirement.'))
  regTExcess!: string;
}

export class AnalysisProvenanceDto extends PriceProvenanceDto {
  @ApiProperty({ description: 'Portfolio-margin rules and every house rule in force.' })
  ruleSetVersion!: string;

  @ApiProperty({ description: 'Reg T and strategy-based rules in force.', example: 'reg-t-2026' })
  regTRuleSetVersion!: string;
}

export class DayAnalysisDto {
  @ApiProperty({ format: 'date', description: 'Exchange date of the prices.', example: '2026-06-17' })
  date!: string;

  @ApiProperty({ description: 'Every position was priced under both regimes.' })
  complete!: boolean;

  @ApiProperty({ type: AccountRegimesDto })
  total!: AccountRegimesDto;

  @ApiProperty({
    type: [UnderlyingRegimesDto],
    description:
      'One a class group standing alone, largest Reg T requirement first; offsets between them are in the total.',
  })
  underlyings!: readonly UnderlyingRegimesDto[];

  @ApiProperty({
    enum: ['YES', 'NO', 'TO_CONFIRM'],
    description: 'NO where a condition fails, TO_CONFIRM where one is open. Positions are listed apart.',
  })
  eligible!: 'YES' | 'NO' | 'TO_CONFIRM';

  @ApiProperty({ type: [ConditionDto], description: 'Every condition of the account, met or not.' })
  conditions!: readonly ConditionDto[];

  @ApiProperty({
    type: [IneligiblePositionDto],
    description: 'Positions that a member would leave on strategy-based terms. The portfolio-margin side has them in.',
  })
  ineligiblePositions!: readonly IneligiblePositionDto[];

  @ApiProperty({ type: [AnalysisGapDto], description: 'What was left out and why; only with `allowPartial`.' })
  gaps!: readonly AnalysisGapDto[];

  @ApiProperty({ type: [FlagDto], description: 'What is doubtful about the prices used.' })
  flags!: readonly FlagDto[];

  @ApiProperty({ type: AnalysisProvenanceDto })
  provenance!: AnalysisProvenanceDto;
}

export class MissingDayDto {
  @ApiProperty({ description: 'Where the request asks for it.', example: '/dates/0' })
  pointer!: string;

  @ApiProperty({ example: 'snapshot.missing' })
  code!: string;

  @ApiProperty({ description: 'Why there is no analysis.' })
  detail!: string;
}

export class ShadowAnalysisReplyDto {
  @ApiProperty({ type: String, nullable: true, description: 'Whose book it is.', example: 'Northwind' })
  name!: string | null;

  @ApiProperty({ enum: ['CUSTOMER', 'IRA', 'BROKER_DEALER'] })
  type!: string;

  @ApiProperty(money('Dollars, + credit, − debit.', '250000.00'))
  cash!: string;

  @ApiProperty({ type: 'integer', description: 'Positions after netting.', example: 2 })
  positions!: number;

  @ApiProperty({ description: 'Nothing was left out on any day, and no day is missing.' })
  complete!: boolean;

  @ApiProperty({ type: [DayAnalysisDto], description: 'One a snapshot, in the order asked.' })
  days!: readonly DayAnalysisDto[];

  @ApiProperty({ type: [MissingDayDto], description: 'Days without a snapshot; only with `allowPartial`.' })
  missing!: readonly MissingDayDto[];
}

import { HOUSE_PARAMETERS, type HouseValue } from '@app/rules';
import { ApiProperty } from '@nestjs/swagger';
import { AttributionDto, ClassGroupDistanceDto } from './advice-reply.dto.js';
import { AlternativeReplyDto } from './alternative-reply.dto.js';
import { money, MoneyChangeDto } from './money-change.dto.js';
import { UnpricedDto } from './unpriced.dto.js';
import { AddOnDto, BindingDto, ProductGroupDto } from './product-group.dto.js';
import { QuantityChangeDto } from './quantity-change.dto.js';
import { ReasonDto } from './reason.dto.js';
import { RegTDto } from './reg-t-reply.dto.js';
import { StrategyPositionDto } from './strategy-position.dto.js';
import { WorstFillDto } from './worst-fill.dto.js';

export class ValuationPointDto {
  @ApiProperty({ description: "Fraction of the underlying's price: −0.15 is 15 % down.", example: -0.15 })
  priceMove!: number;

  @ApiProperty({ description: 'Fraction of the volatility: 0.25 turns 20 % into 25 %.', example: 0 })
  volMove!: number;
}

export class WorstPointDto {
  @ApiProperty({ type: ValuationPointDto, nullable: true, description: 'Null where nothing is held.' })
  before!: ValuationPointDto | null;

  @ApiProperty({ type: ValuationPointDto, nullable: true, description: 'Null where nothing is held.' })
  after!: ValuationPointDto | null;
}

export class ScenariosDto {
  @ApiProperty({ type: [ValuationPointDto], description: 'The valuation points, lowest price move first.' })
  points!: readonly ValuationPointDto[];

  @ApiProperty({ type: [String], description: 'Profit (+) or loss (−) of the class group at each point, dollars.' })
  before!: readonly string[];

  @ApiProperty({ type: [String], description: 'The same after the orders.' })
  after!: readonly string[];
}

export class ClassGroupDto {
  @ApiProperty({ example: 'SPX' })
  classGroup!: string;

  @ApiProperty({ enum: ['EQUITY', 'NARROW_INDEX', 'BROAD_INDEX', 'HIGH_CAP_INDEX'] })
  productClass!: string;

  @ApiProperty({
    type: MoneyChangeDto,
    description: 'Standing alone: the greater of scan loss and minimum charge, and the add-ons.',
  })
  requirement!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Loss at the worst valuation point, ≥ 0.' })
  scanLoss!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Least charge for the contracts held, long and short.' })
  minimumCharge!: MoneyChangeDto;

  @ApiProperty({ type: [AddOnDto], description: 'What house rules ask beyond the two; none where they do not.' })
  addOns!: readonly AddOnDto[];

  @ApiProperty({ type: MoneyChangeDto, description: 'The requirement by the rule book alone.' })
  regulatoryRequirement!: MoneyChangeDto;

  @ApiProperty({ type: BindingDto })
  binding!: BindingDto;

  @ApiProperty({ type: WorstPointDto })
  worst!: WorstPointDto;

  @ApiProperty({ type: ScenariosDto, required: false, description: 'With `include: ["scenarios"]`.' })
  scenarios?: ScenariosDto;
}

export class PositionLineDto {
  @ApiProperty({ example: 'SPY' })
  symbol!: string;

  @ApiProperty({ example: 'SPX' })
  classGroup!: string;

  @ApiProperty({ type: QuantityChangeDto, description: '+ long, − short.' })
  quantity!: QuantityChangeDto;

  @ApiProperty({ description: 'Dollars per share: the market price, or the theoretical value where it has none.' })
  mark!: string;

  @ApiProperty({ type: MoneyChangeDto, description: 'Quantity × mark × multiplier, + for long.' })
  marketValue!: MoneyChangeDto;

  @ApiProperty({ type: Number, nullable: true, description: 'Annual; null for what has none.', example: 0.21 })
  impliedVolatility!: number | null;
}

export class RegulatoryDto {
  @ApiProperty({ type: MoneyChangeDto })
  requirement!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto })
  excess!: MoneyChangeDto;
}

export class LostRuleDto {
  @ApiProperty({ description: 'The house rule.' })
  ruleId!: string;

  @ApiProperty({
    oneOf: [{ type: 'number' }, { type: 'boolean' }, { type: 'object', additionalProperties: { type: 'number' } }],
    example: -0.2,
  })
  value!: HouseValue;

  @ApiProperty({ enum: ['NARROWER_RULE', 'STRICTER_RULE', 'NOT_STRICTER_THAN_RULE_BOOK'] })
  why!: string;
}

export class AppliedRuleDto {
  @ApiProperty({
    type: [String],
    description: 'The class groups it is in force for; none: the account, or `symbols`.',
    example: ['IBM'],
  })
  classGroups!: readonly string[];

  @ApiProperty({ type: [String], required: false, description: 'Of a rule on symbols: those the orders trade.' })
  symbols?: readonly string[];

  @ApiProperty({ enum: HOUSE_PARAMETERS })
  parameter!: string;

  @ApiProperty({
    oneOf: [{ type: 'number' }, { type: 'boolean' }, { type: 'object', additionalProperties: { type: 'number' } }],
    description: 'A number, a yes or no, or several numbers by name.',
    example: -0.15,
  })
  value!: HouseValue;

  @ApiProperty({ enum: ['regulatory', 'house'] })
  source!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The house rule that set it.' })
  ruleId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Where the rule book says so, or where the pack of a house rule is published.',
  })
  citation!: string | null;

  @ApiProperty({ type: [LostRuleDto], description: 'House rules for the same number that did not set it.' })
  lost!: readonly LostRuleDto[];
}

export class FlagDto {
  @ApiProperty({ example: 'AAPL  260918C00300000' })
  symbol!: string;

  @ApiProperty({ example: 'volatility.neighbour_strike' })
  code!: string;

  @ApiProperty({ description: 'What is doubtful, in a sentence.' })
  detail!: string;
}

/** What the prices of an answer were. */
export class PriceProvenanceDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Content hash of the snapshot; null for an inline market.',
  })
  snapshotId!: string | null;

  @ApiProperty({ format: 'date-time', description: 'The instant of the prices.' })
  asOf!: string;

  @ApiProperty({ example: '0.3.0' })
  engineVersion!: string;
}

/** Everything needed to repeat an answer. */
export class ProvenanceDto extends PriceProvenanceDto {
  @ApiProperty({ description: 'The regulatory rules and every house rule in force.' })
  ruleSetVersion!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "Version of the stored account; null for a body's portfolio.",
  })
  positionsVersion!: string | null;
}

export class WhatIfReplyDto {
  @ApiProperty({
    required: false,
    format: 'uuid',
    description: 'Of a stored what-if: GET /v1/what-ifs/{id} gives these bytes again.',
  })
  id?: string;

  @ApiProperty({ enum: ['ACCEPT', 'REJECT'] })
  decision!: 'ACCEPT' | 'REJECT';

  @ApiProperty({ description: 'False where something had no price, and `allowPartial` took the answer without it.' })
  complete!: boolean;

  @ApiProperty({
    required: false,
    description: 'Of an incomplete answer: false where what has no price has no most it can cost, and is not charged.',
  })
  bounded?: boolean;

  @ApiProperty({
    ...money('Of an incomplete answer: charged for what has no price, before and after.'),
    required: false,
  })
  unpricedCharge?: string;

  @ApiProperty({ type: [UnpricedDto], required: false, description: 'Of an incomplete answer: what has no price.' })
  unpriced?: readonly UnpricedDto[];

  @ApiProperty({
    type: [String],
    required: false,
    description: 'Of an incomplete answer: orders with a leg without a price, which are not filled in it.',
  })
  unfilled?: readonly string[];

  @ApiProperty({
    type: [ReasonDto],
    description: 'Why it is refused, or accepted in spite of a deficit; empty for an order that is simply covered.',
  })
  reasons!: readonly ReasonDto[];

  @ApiProperty({ description: 'The orders lower the requirement.' })
  riskReducing!: boolean;

  @ApiProperty({ enum: ['PORTFOLIO_MARGIN', 'REG_T'], description: 'The regime that decided: the account’s.' })
  methodology!: 'PORTFOLIO_MARGIN' | 'REG_T';

  @ApiProperty({
    type: MoneyChangeDto,
    description:
      'What must be covered by equity: house rules included, or of a REG_T account the initial requirement with what ' +
      'working orders may take from excess.',
  })
  requirement!: MoneyChangeDto;

  @ApiProperty({
    type: MoneyChangeDto,
    description: 'Cash and every position at its mark; of a REG_T account as in `regT.equity`.',
  })
  equity!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Equity less requirement.' })
  excess!: MoneyChangeDto;

  @ApiProperty({
    type: MoneyChangeDto,
    required: false,
    description: 'Of portfolio margin: what orders that do not lower the requirement must be covered for.',
  })
  initial?: MoneyChangeDto;

  @ApiProperty({
    type: [AddOnDto],
    required: false,
    description: 'Of portfolio margin: what house rules ask of the account as a whole, part of the requirement.',
  })
  addOns?: readonly AddOnDto[];

  @ApiProperty({
    type: RegulatoryDto,
    required: false,
    description: 'Portfolio margin without house rules: `include: ["regulatory"]`.',
  })
  regulatory?: RegulatoryDto;

  @ApiProperty({
    type: RegTDto,
    required: false,
    description: 'The strategy-based side: `include: ["regT"]`, and always for a REG_T account.',
  })
  regT?: RegTDto;

  @ApiProperty({
    type: [ClassGroupDto],
    required: false,
    description: 'Each class group standing alone: `include: ["classGroups"]`.',
  })
  classGroups?: readonly ClassGroupDto[];

  @ApiProperty({
    type: [ProductGroupDto],
    required: false,
    description:
      'Class groups combined with offsets: with `include: ["classGroups"]`. The requirement is that of `classGroups` ' +
      'less the `offset` of each of these, with `addOns`.',
  })
  productGroups?: readonly ProductGroupDto[];

  @ApiProperty({
    type: [StrategyPositionDto],
    required: false,
    description: 'Of portfolio margin: what strategy rules margin inside the account, part of the requirement.',
  })
  strategyPositions?: readonly StrategyPositionDto[];

  @ApiProperty({ type: [PositionLineDto], required: false, description: 'With `include: ["positions"]`.' })
  positions?: readonly PositionLineDto[];

  @ApiProperty({
    type: [AppliedRuleDto],
    description: 'Every number in force for the class groups involved, who set it, and for which of them.',
  })
  rules!: readonly AppliedRuleDto[];

  @ApiProperty({ type: [FlagDto], description: 'What is doubtful about the prices used; empty where nothing is.' })
  flags!: readonly FlagDto[];

  @ApiProperty({ type: ProvenanceDto })
  provenance!: ProvenanceDto;

  @ApiProperty({
    type: 'integer',
    required: false,
    description: 'The place of `orders` among all sets, where `alternatives` were asked for: 1 adds least.',
    example: 1,
  })
  rank?: number;

  @ApiProperty({ type: [AlternativeReplyDto], required: false, description: 'In the order of the request.' })
  alternatives?: readonly AlternativeReplyDto[];

  @ApiProperty({
    type: AttributionDto,
    required: false,
    description: 'Whose the change is, to the cent: `include: ["attribution"]`.',
  })
  attribution?: AttributionDto;

  @ApiProperty({
    type: [ClassGroupDistanceDto],
    required: false,
    description:
      'How far the price of each class group’s underlying may move, at once and alone, until excess is nothing: ' +
      '`include: ["distance"]`.',
  })
  distance?: readonly ClassGroupDistanceDto[];
  @ApiProperty({
    type: WorstFillDto,
    required: false,
    description: 'Of the orders and of those held: `include: ["worstFill"]`.',
  })
  worstFill?: WorstFillDto;
}

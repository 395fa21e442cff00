import { HOUSE_PARAMETERS } from '@app/rules';
import { ApiProperty } from '@nestjs/swagger';
import { money } from '../what-if/money-change.dto.js';
import { type BindingText, ProductGroupPartDto } from '../what-if/product-group.dto.js';
import { StrategyDto } from '../what-if/reg-t-reply.dto.js';
import { AppliedRuleDto, FlagDto, ProvenanceDto, ValuationPointDto } from '../what-if/what-if-reply.dto.js';
import { StrategyPositionNowDto } from './strategy-position-now.dto.js';

export class AddOnNowDto {
  @ApiProperty({ enum: HOUSE_PARAMETERS, example: 'marketValueFloor' })
  parameter!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The house rule that asks it.' })
  ruleId!: string | null;

  @ApiProperty(money('Dollars.'))
  amount!: string;
}

export class ProductGroupNowDto {
  @ApiProperty({ type: String, nullable: true, example: 'US-INDICES' })
  portfolioGroup!: string | null;

  @ApiProperty({ type: [ProductGroupPartDto], description: 'The product groups in it, each with its class groups.' })
  productGroups!: readonly ProductGroupPartDto[];

  @ApiProperty(money('Dollars of the group: what takes the place of its class groups’ own.'))
  requirement!: string;

  @ApiProperty(money('Dollars its class groups require standing alone, together.'))
  standAlone!: string;

  @ApiProperty(money('Dollars that standing together saves, ≥ 0.'))
  offset!: string;

  @ApiProperty(money('Dollars, by the rule book alone.'))
  regulatoryRequirement!: string;

  @ApiProperty({ enum: ['regulatory', 'house'], description: 'Whose requirement is the greater.' })
  binding!: BindingText;
}

export class ClassGroupNowDto {
  @ApiProperty({ example: 'SPX' })
  classGroup!: string;

  @ApiProperty({ enum: ['EQUITY', 'NARROW_INDEX', 'BROAD_INDEX', 'HIGH_CAP_INDEX'] })
  productClass!: string;

  @ApiProperty(money('Dollars, standing alone: the greater of scan loss and minimum charge, and the add-ons.'))
  requirement!: string;

  @ApiProperty(money('Loss at the worst valuation point in dollars, ≥ 0.'))
  scanLoss!: string;

  @ApiProperty(money('Least charge for the contracts held, long and short, in dollars.', '375.00'))
  minimumCharge!: string;

  @ApiProperty({ type: () => [AddOnNowDto], description: 'What house rules ask beyond the two.' })
  addOns!: readonly AddOnNowDto[];

  @ApiProperty(money('Dollars, by the rule book alone.'))
  regulatoryRequirement!: string;

  @ApiProperty({ enum: ['regulatory', 'house'], description: 'Whose requirement is the greater.' })
  binding!: BindingText;

  @ApiProperty({ type: ValuationPointDto, description: 'The valuation point of the least profit.' })
  worst!: ValuationPointDto;
}

export class RegulatoryNowDto {
  @ApiProperty(money('Dollars, by the rule book alone.'))
  requirement!: string;

  @ApiProperty(money('Equity less that requirement, in dollars.'))
  excess!: string;
}

export class RegTNowDto {
  @ApiProperty(money('Dollars to be kept from now on: the least maintenance requirement.'))
  maintenance!: string;

  @ApiProperty(money('Equity less the maintenance requirement, dollars; − is a maintenance call.'))
  maintenanceExcess!: string;

  @ApiProperty({
    ...money(
      'Dollars of margin stock that can still be bought. The special memorandum account is taken at the excess of the ' +
        'account, the least it can be: earlier entries are not kept here.',
    ),
    nullable: true,
  })
  buyingPower!: string | null;

  @ApiProperty({
    ...money(
      'Dollars of stock that can be day-traded, from the maintenance excess, under the rule in force on the valuation ' +
        'date; until 2027-10-20 as for a firm that has not changed to intraday margin.',
    ),
    nullable: true,
  })
  dayTradeBuyingPower!: string | null;

  @ApiProperty({ type: [StrategyDto], description: 'The pairing that reaches the initial requirement.' })
  strategies!: readonly StrategyDto[];

  @ApiProperty({ description: 'No permitted pairing requires less: proven.' })
  optimal!: boolean;

  @ApiProperty({
    ...money('By how much the initial requirement could be less at most, in dollars; null where unknown.', '0.00'),
    nullable: true,
  })
  gap!: string | null;
}

export class AccountMarginDto {
  @ApiProperty({ example: 'northwind-1' })
  accountId!: string;

  @ApiProperty({ enum: ['PORTFOLIO_MARGIN', 'REG_T'] })
  methodology!: 'PORTFOLIO_MARGIN' | 'REG_T';

  @ApiProperty(money('Dollars equity must cover: house rules included, or of a REG_T account the initial requirement.'))
  requirement!: string;

  @ApiProperty(
    money(
      'Dollars: cash and every position at its mark; of a REG_T account options count as its rules say.',
      '250000.00',
    ),
  )
  equity!: string;

  @ApiProperty(money('Equity less requirement in dollars; − is a deficit.'))
  excess!: string;

  @ApiProperty(
    money('Part of the requirement that working reservations hold: the most their orders can add to it.', '0.00'),
  )
  held!: string;

  @ApiProperty({
    type: RegulatoryNowDto,
    required: false,
    description: 'The same without house rules; of a PORTFOLIO_MARGIN account.',
  })
  regulatory?: RegulatoryNowDto;

  @ApiProperty({
    type: [ClassGroupNowDto],
    required: false,
    description: 'Each class group standing alone; of a PORTFOLIO_MARGIN account.',
  })
  classGroups?: readonly ClassGroupNowDto[];

  @ApiProperty({
    type: [ProductGroupNowDto],
    required: false,
    description: 'Class groups combined with offsets: the requirement is that of the class groups less each `offset`.',
  })
  productGroups?: readonly ProductGroupNowDto[];

  @ApiProperty({
    type: [AddOnNowDto],
    required: false,
    description: 'What house rules ask of the account as a whole, part of the requirement.',
  })
  addOns?: readonly AddOnNowDto[];

  @ApiProperty({
    type: [StrategyPositionNowDto],
    required: false,
    description: 'What strategy rules margin inside a PORTFOLIO_MARGIN account, part of the requirement.',
  })
  strategyPositions?: readonly StrategyPositionNowDto[];

  @ApiProperty({
    ...money(
      'Dollars that orders which do not lower the requirement must be covered for; of a PORTFOLIO_MARGIN account.',
    ),
    required: false,
  })
  initial?: string;

  @ApiProperty({ type: RegTNowDto, required: false, description: 'The pairing; of a REG_T account.' })
  regT?: RegTNowDto;

  @ApiProperty({ type: [AppliedRuleDto], description: 'Every number in force for them, and who set it.' })
  rules!: readonly AppliedRuleDto[];

  @ApiProperty({ type: [FlagDto], description: 'What is doubtful about the prices used; empty where nothing is.' })
  flags!: readonly FlagDto[];

  @ApiProperty({ type: ProvenanceDto })
  provenance!: ProvenanceDto;
}

import { ApiProperty } from '@nestjs/swagger';
import { AppliedRuleDto, FlagDto, ProvenanceDto, ValuationPointDto } from '../what-if/what-if-reply.dto.js';

const money = (description: string, example = '125000.00') => ({
  type: String,
  pattern: '^-?\\d+\\.\\d{2}$',
  description,
  example,
});

export class ClassGroupNowDto {
  @ApiProperty({ example: 'SPX' })
  classGroup!: string;

  @ApiProperty({ enum: ['EQUITY', 'NARROW_INDEX', 'BROAD_INDEX', 'HIGH_CAP_INDEX'] })
  productClass!: string;

  @ApiProperty(money('Dollars: the greater of scan loss and minimum charge, with house rules.'))
  requirement!: string;

  @ApiProperty(money('Loss at the worst valuation point in dollars, ≥ 0.'))
  scanLoss!: string;

  @ApiProperty(money('Least charge for the contracts held, long and short, in dollars.', '375.00'))
  minimumCharge!: string;

  @ApiProperty(money('Dollars, by the rule book alone.'))
  regulatoryRequirement!: string;

  @ApiProperty({ type: ValuationPointDto, description: 'The valuation point of the least profit.' })
  worst!: ValuationPointDto;
}

export class RegulatoryNowDto {
  @ApiProperty(money('Dollars, by the rule book alone.'))
  requirement!: string;

  @ApiProperty(money('Equity less that requirement, in dollars.'))
  excess!: string;
}

export class AccountMarginDto {
  @ApiProperty({ example: 'northwind-1' })
  accountId!: string;

  @ApiProperty({ enum: ['PORTFOLIO_MARGIN'] })
  methodology!: 'PORTFOLIO_MARGIN';

  @ApiProperty(money('Dollars equity must cover, house rules included.'))
  requirement!: string;

  @ApiProperty(money('Dollars: cash and every position at its mark.', '250000.00'))
  equity!: string;

  @ApiProperty(money('Equity less requirement in dollars; − is a deficit.'))
  excess!: string;

  @ApiProperty({ type: RegulatoryNowDto, description: 'The same without house rules.' })
  regulatory!: RegulatoryNowDto;

  @ApiProperty({ type: [ClassGroupNowDto], description: 'The lines the requirement is the sum of.' })
  classGroups!: readonly ClassGroupNowDto[];

  @ApiProperty({ type: [AppliedRuleDto], description: 'Every number in force for them, and who set it.' })
  rules!: readonly AppliedRuleDto[];

  @ApiProperty({ type: [FlagDto], description: 'What is doubtful about the prices used; empty where nothing is.' })
  flags!: readonly FlagDto[];

  @ApiProperty({ type: ProvenanceDto })
  provenance!: ProvenanceDto;
}

import { ApiProperty } from '@nestjs/swagger';
import { money } from './money-change.dto.js';

export class PartFillDto {
  @ApiProperty({ example: 'R-1' })
  clOrdId!: string;

  @ApiProperty({ description: 'Units that execute.', example: '40' })
  lastQty!: string;
}

export class FillCaseDto {
  @ApiProperty({ type: [String], description: 'Orders that execute whole in it, by their ids.', example: ['R-1'] })
  filled!: readonly string[];

  @ApiProperty({
    type: [PartFillDto],
    required: false,
    description:
      'Of a REG_T account: orders that execute in part. Under portfolio margin no part is worse than a whole.',
  })
  partly?: readonly PartFillDto[];

  @ApiProperty(money('Dollars.'))
  requirement!: string;

  @ApiProperty(money('Dollars, less what the executions cost against the mark.'))
  equity!: string;

  @ApiProperty(money('Equity less requirement in dollars; − is a deficit.'))
  excess!: string;
}

export class WorstFillDto {
  @ApiProperty({
    enum: ['EXACT', 'BOUND'],
    description:
      'EXACT: `worst` and `mostRequired` are the worst that the orders can come to. BOUND: they are the worst that were ' +
      'found, and no combination is worse than `leastExcess` and `greatestRequirement` say.',
  })
  proof!: 'EXACT' | 'BOUND';

  @ApiProperty({ type: FillCaseDto, description: 'Should nothing execute.' })
  nothing!: FillCaseDto;

  @ApiProperty({ type: FillCaseDto, description: 'Should everything execute, also what links exclude.' })
  everything!: FillCaseDto;

  @ApiProperty({ type: FillCaseDto, description: 'The combination that leaves the least excess.' })
  worst!: FillCaseDto;

  @ApiProperty({
    type: FillCaseDto,
    required: false,
    description: 'Of portfolio margin: the combination with the greatest requirement.',
  })
  mostRequired?: FillCaseDto;

  @ApiProperty(money('No executions, whole or partial, leave less excess than these dollars; − is a deficit.'))
  leastExcess!: string;

  @ApiProperty({ ...money('Of portfolio margin: no executions require more than these dollars.'), required: false })
  greatestRequirement?: string;
}

import { ApiProperty } from '@nestjs/swagger';
import { money } from './money-change.dto.js';

export class FillCaseDto {
  @ApiProperty({ type: [String], description: 'Orders that execute whole in it, by their ids.', example: ['R-1'] })
  filled!: readonly string[];

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

  @ApiProperty({ type: FillCaseDto, description: 'The combination with the greatest requirement.' })
  mostRequired!: FillCaseDto;

  @ApiProperty(money('No executions, whole or partial, leave less excess than these dollars; − is a deficit.'))
  leastExcess!: string;

  @ApiProperty(money('No executions require more than these dollars.'))
  greatestRequirement!: string;
}

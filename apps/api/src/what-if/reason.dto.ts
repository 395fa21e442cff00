import { ApiProperty } from '@nestjs/swagger';
import { money } from './money-change.dto.js';

export class ReasonDto {
  @ApiProperty({
    enum: ['limit.excess_exceeded', 'risk_reducing.accepted_in_deficit'],
    description: 'What decided.',
  })
  code!: string;

  @ApiProperty({ description: 'The same in a sentence.' })
  detail!: string;

  @ApiProperty(money('Equity missing after the orders, in dollars.', '91204.50'))
  shortfall!: string;
}

import { ApiProperty } from '@nestjs/swagger';
import { money } from './money-change.dto.js';

export class ReasonDto {
  @ApiProperty({
    enum: [
      'limit.excess_exceeded',
      'limit.initial_exceeded',
      'limit.hold_exceeded',
      'risk_reducing.accepted_in_deficit',
      'risk_reducing.accepted_in_violation',
      'margin_call.overdue',
      'answer.incomplete',
      'limit.leverage',
      'limit.stress_class_group',
      'limit.stress_portfolio',
      'limit.stress_beta_weighted',
      'limit.position',
      'limit.notional',
      'restricted.closing_only',
    ],
    description: 'What decided.',
  })
  code!: string;

  @ApiProperty({ description: 'The same in a sentence.' })
  detail!: string;

  @ApiProperty({
    ...money(
      'Equity missing after the orders, or to meet the call, or the excess over a limit, in dollars.',
      '91204.50',
    ),
    nullable: true,
  })
  shortfall!: string | null;

  @ApiProperty({ required: false, format: 'uuid', description: 'Of margin_call.overdue: the call.' })
  marginCallId?: string;

  @ApiProperty({ required: false, description: 'The house rule that decided.' })
  ruleId?: string;

  @ApiProperty({ required: false, description: 'The class group or symbol a limit is about.' })
  subject?: string;
}

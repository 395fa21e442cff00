import { ApiProperty } from '@nestjs/swagger';
import { money, MoneyChangeDto } from '../what-if/money-change.dto.js';
import { OrderLinkDto } from '../what-if/order-link.dto.js';
import { ReasonDto } from '../what-if/reason.dto.js';
import { ProvenanceDto } from '../what-if/what-if-reply.dto.js';
import { WorstFillDto } from '../what-if/worst-fill.dto.js';
import { HeldOrderDto } from './reservation.dto.js';

export class DecidedReservationDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['WORKING'] })
  state!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The reservation it took the place of.' })
  replaces!: string | null;

  @ApiProperty({ type: [HeldOrderDto], description: 'In the order of the request.' })
  orders!: readonly HeldOrderDto[];

  @ApiProperty({ type: [OrderLinkDto], description: 'Which of them cannot all execute.' })
  links!: readonly OrderLinkDto[];
}

/** What the gate answers, and what it stores. */
export class GateDecisionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'demo-empty' })
  accountId!: string;

  @ApiProperty({ enum: ['ACCEPT', 'REJECT'], description: 'ACCEPT: the orders may be sent, their margin is held.' })
  decision!: 'ACCEPT' | 'REJECT';

  @ApiProperty({ type: [ReasonDto], description: 'Why it is refused, or accepted in spite of a deficit.' })
  reasons!: readonly ReasonDto[];

  @ApiProperty({ description: 'The orders lower the requirement, however far they execute.' })
  riskReducing!: boolean;

  @ApiProperty({ enum: ['PORTFOLIO_MARGIN', 'REG_T'], description: 'The regime that decided: the account’s.' })
  methodology!: 'PORTFOLIO_MARGIN' | 'REG_T';

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'From then on nothing is held; null where nothing is.',
  })
  validUntil!: string | null;

  @ApiProperty(money('Requirement held for the orders in dollars, as the limits count it.'))
  held!: string;

  @ApiProperty({
    type: MoneyChangeDto,
    description:
      'The most that can be required, whichever working orders execute: without these orders, and with them. Of a REG_T ' +
      'account with what executions take from equity, premiums for instance.',
  })
  requirement!: MoneyChangeDto;

  @ApiProperty({
    type: MoneyChangeDto,
    description:
      'Cash and positions at their marks, less what executions at the orders’ prices would cost; of a REG_T account as ' +
      'it is now.',
  })
  equity!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Equity less requirement.' })
  excess!: MoneyChangeDto;

  @ApiProperty({
    enum: ['EXACT', 'BOUND'],
    description: 'EXACT: some executions are as bad as these numbers. BOUND: none are worse.',
  })
  proof!: 'EXACT' | 'BOUND';

  @ApiProperty({
    type: WorstFillDto,
    required: false,
    description: 'Of these orders and of those held already: `include: ["worstFill"]`.',
  })
  worstFill?: WorstFillDto;

  @ApiProperty({
    type: DecidedReservationDto,
    nullable: true,
    description: 'What is held from now on; null where nothing is.',
  })
  reservation!: DecidedReservationDto | null;

  @ApiProperty({ format: 'date-time' })
  decidedAt!: string;

  @ApiProperty({ type: ProvenanceDto })
  provenance!: ProvenanceDto;
}

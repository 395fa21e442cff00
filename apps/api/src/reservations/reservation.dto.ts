import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField } from '../fields/choice-field.js';
import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { NumberField } from '../fields/number-field.js';
import { CursorField, LimitField } from '../fields/page-fields.js';
import { IdField, TextField } from '../fields/text-fields.js';
import { money } from '../what-if/money-change.dto.js';
import { OrderDto } from '../what-if/order.dto.js';
import { LinksField, OrderLinkDto } from '../what-if/order-link.dto.js';
import { pagePlace } from './reservation-page.js';

const MAX_ORDERS_HELD = 50;
const STATES = ['WORKING', 'FILLED', 'CANCELLED', 'REPLACED', 'EXPIRED'] as const;

export class ReservationRequestDto {
  @NestedField(() => OrderDto, {
    list: { minItems: 1, maxItems: MAX_ORDERS_HELD },
    description: 'Held together or not at all. An order id may be used once in an account.',
  })
  orders!: OrderDto[];

  @LinksField()
  links?: OrderLinkDto[];

  @NumberField({
    optional: true,
    integer: true,
    min: 1,
    max: 86_400,
    description: 'How long the hold lasts, in seconds. Default 300.',
    example: 300,
  })
  validSeconds?: number;

  @ChoiceField({
    optional: true,
    list: { maxItems: 1 },
    choices: ['worstFill'],
    description:
      'Further parts of the answer: what nothing, everything and the worst combination of fills would require, of these ' +
      'orders and of those held already.',
    example: ['worstFill'],
  })
  include?: 'worstFill'[];
}

export class FillRequestDto {
  @IdField({ description: 'Id of the execution (FIX 17), unique within the reservation.', example: 'E-1' })
  execId!: string;

  @IdField({
    optional: true,
    description: 'Which order executed; may be left out where the reservation has one order.',
    example: 'R-1',
  })
  clOrdId?: string;

  @DecimalField({ positive: true, description: 'Units of the order that executed (FIX 32).', example: '40' })
  lastQty!: string | number;

  @DecimalField({
    description:
      'Price of the execution (FIX 31), as the price of an order: of several legs the net price of one unit.',
    example: '212.35',
  })
  lastPx!: string | number;
}

export class EndRequestDto {
  @TextField({ optional: true, maxLength: 500, description: 'Why, for people.', example: 'Client changed their mind' })
  text?: string;
}

export class ReservationListQueryDto {
  @ChoiceField({ optional: true, choices: STATES, description: 'Only those in this state.' })
  state?: (typeof STATES)[number];

  @LimitField('Reservations')
  limit?: string;

  @CursorField(pagePlace)
  cursor?: string;
}

export class HeldLegDto {
  @ApiProperty({ description: 'Ticker, or OCC option symbol padded to 21 characters.', example: 'HLVN' })
  symbol!: string;

  @ApiProperty({ enum: ['BUY', 'SELL', 'SELL_SHORT'] })
  side!: string;

  @ApiProperty({ description: 'Units of this leg in one unit of the order.', example: '1' })
  ratioQty!: string;
}

export class HeldOrderDto {
  @ApiProperty({ example: 'R-1' })
  clOrdId!: string;

  @ApiProperty({ description: 'Units asked for.', example: '100' })
  orderQty!: string;

  @ApiProperty({ description: 'Units that have executed.', example: '40' })
  cumQty!: string;

  @ApiProperty({ description: 'Units that have not.', example: '60' })
  leavesQty!: string;

  @ApiProperty({ type: String, nullable: true, description: 'As in the request; null trades at the mark.' })
  price!: string | null;

  @ApiProperty({ type: [HeldLegDto], description: 'What the order trades.' })
  legs!: readonly HeldLegDto[];
}

export class ReservationDto {
  @ApiProperty({ format: 'uuid', description: 'Also the id of the decision that made it.' })
  id!: string;

  @ApiProperty({ example: 'demo-empty' })
  accountId!: string;

  @ApiProperty({ enum: STATES, description: 'WORKING counts in every answer about the account; the others do not.' })
  state!: string;

  @ApiProperty(money('Requirement still held in dollars, as the limits count it; 0.00 once it is not working.'))
  held!: string;

  @ApiProperty({ format: 'date-time', description: 'From then on nothing is held.' })
  validUntil!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The reservation it took the place of.' })
  replaces!: string | null;

  @ApiProperty({ type: 'integer', description: 'Raised by every change; also the ETag.', example: 1 })
  version!: number;

  @ApiProperty({ type: [HeldOrderDto], description: 'In the order of the request.' })
  orders!: readonly HeldOrderDto[];

  @ApiProperty({
    type: [OrderLinkDto],
    description: 'Which of them cannot all execute. What has executed of one is no longer held for those it cancels.',
  })
  links!: readonly OrderLinkDto[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ReservationListDto {
  @ApiProperty({ type: [ReservationDto], description: 'The latest first.' })
  items!: readonly ReservationDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}

export class FillDto {
  @ApiProperty({ example: 'E-1' })
  execId!: string;

  @ApiProperty({ example: 'R-1' })
  clOrdId!: string;

  @ApiProperty({ example: '40' })
  lastQty!: string;

  @ApiProperty({ example: '212.35' })
  lastPx!: string;

  @ApiProperty({
    description: 'The reservation was no longer working: booked all the same, as it has happened.',
    example: false,
  })
  late!: boolean;

  @ApiProperty({ type: ReservationDto, description: 'As it is now.' })
  reservation!: ReservationDto;
}

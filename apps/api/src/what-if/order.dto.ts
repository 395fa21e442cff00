import { ChoiceField } from '../fields/choice-field.js';
import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { IdField, SymbolField } from '../fields/text-fields.js';

export const MAX_ORDERS = 500;
export const MAX_LEGS = 50;

export class OrderLegDto {
  @SymbolField({
    description: 'Ticker, or OCC option symbol (21 characters, or without the padding).',
    example: 'IBM   070421C00100000',
  })
  symbol!: string;

  @ChoiceField({
    choices: ['BUY', 'SELL', 'SELL_SHORT'],
    description: 'FIX side. SELL and SELL_SHORT are margined alike: the position they leave decides.',
    example: 'SELL',
  })
  side!: 'BUY' | 'SELL' | 'SELL_SHORT';

  @DecimalField({ positive: true, description: 'Units of this leg in one unit of the order.', example: '1' })
  ratioQty!: string | number;
}

export class OrderDto {
  @IdField({ description: "The caller's own id of the order, unique within the request.", example: 'T-1' })
  clOrdId!: string;

  @DecimalField({ positive: true, description: 'Units of the order: contracts, or shares.', example: '10' })
  orderQty!: string | number;

  @ChoiceField({
    optional: true,
    choices: ['MARKET', 'LIMIT'],
    description: 'FIX order type, for the record: margin assumes a whole fill at `price`, or at the mark without one.',
  })
  ordType?: 'MARKET' | 'LIMIT';

  @DecimalField({
    optional: true,
    nullable: true,
    description:
      'One leg: its price per share, ≥ 0. Several legs: the net price of one unit per share of its option contracts, ' +
      '+ paid, − received. Absent or null: trades at the mark.',
    example: '1.68',
  })
  price?: string | number | null;

  @NestedField(() => OrderLegDto, { list: { minItems: 1, maxItems: MAX_LEGS }, description: 'What the order trades.' })
  legs!: OrderLegDto[];
}

import { ApiProperty } from '@nestjs/swagger';
import { NestedField } from '../fields/nested-field.js';
import { NumberField } from '../fields/number-field.js';
import { IdField, SymbolField } from '../fields/text-fields.js';
import { InlineMarketDto } from '../what-if/market.dto.js';
import { FlagDto, PriceProvenanceDto, ValuationPointDto } from '../what-if/what-if-reply.dto.js';

const MAX_SYMBOLS = 500;
/** One instrument is valued without a pause: these keep it under 150 ms. */
const MAX_PRICE_MOVES = 200;
const MAX_VOL_MOVES = 25;

export class RiskArraysRequestDto {
  @NestedField(() => InlineMarketDto, {
    optional: true,
    description: 'The prices to value at. With neither `market` nor `snapshotId`: the latest stored snapshot.',
  })
  market?: InlineMarketDto;

  @IdField({ optional: true, description: 'A stored market snapshot, in place of `market`.' })
  snapshotId?: string;

  @SymbolField({
    list: { minItems: 1, maxItems: MAX_SYMBOLS },
    description: 'Tickers (indices too) and OCC option symbols, padded or not: one array each, in this order.',
    example: ['IBM', 'IBM   070421C00100000'],
  })
  symbols!: string[];

  @NumberField({
    optional: true,
    list: { minItems: 1, maxItems: MAX_PRICE_MOVES },
    min: -1,
    max: 10,
    description:
      "Fractions of the underlying's price: −0.15 is 15 % down. Absent: the ten regulatory valuation points of the " +
      "instrument's product class.",
    example: [-0.15, -0.075, 0, 0.075, 0.15],
  })
  priceMoves?: number[];

  @NumberField({
    optional: true,
    list: { minItems: 1, maxItems: MAX_VOL_MOVES },
    min: -1,
    max: 10,
    description:
      'Fractions of the volatility, > −1: 0.25 turns 20 % into 25 %. Every price move is valued at each. Absent: 0 only.',
    example: [-0.25, 0, 0.25],
  })
  volMoves?: number[];
}

const perShare = (description: string, example: string | string[]) => ({
  type: String,
  pattern: '^-?\\d+\\.\\d{8}$',
  description,
  example,
});

export class RiskArrayDto {
  @ApiProperty({
    description: 'Ticker, or OCC option symbol padded to 21 characters.',
    example: 'IBM   070421C00100000',
  })
  symbol!: string;

  @ApiProperty({
    description: 'Dollars per share, or points: the market price, or the theoretical value of an option without one.',
    example: '1.68',
  })
  mark!: string;

  @ApiProperty(perShare('Model value now, per share: what `pnl` is measured from. 8 decimals.', '1.68000000'))
  theoretical!: string;

  @ApiProperty({ type: Number, nullable: true, description: 'Annual; null for what has none.', example: 0.21 })
  impliedVolatility!: number | null;

  @ApiProperty({
    type: [ValuationPointDto],
    description: 'All price moves at the first volatility move, then all at the next, in the order they were sent.',
  })
  points!: readonly ValuationPointDto[];

  @ApiProperty({ ...perShare('Model value per share at each point. 8 decimals.', ['9.52340000']), isArray: true })
  values!: readonly string[];

  @ApiProperty({
    ...perShare('Value less `theoretical`, + a gain of the holder of one long unit, per share. 8 decimals.', [
      '7.84340000',
    ]),
    isArray: true,
  })
  pnl!: readonly string[];
}

export class RiskArraysReplyDto {
  @ApiProperty({ type: PriceProvenanceDto })
  provenance!: PriceProvenanceDto;

  @ApiProperty({ type: [RiskArrayDto], description: 'One a symbol asked for, in the same order.' })
  arrays!: readonly RiskArrayDto[];

  @ApiProperty({ type: [FlagDto], description: 'What is doubtful about the prices used; empty where nothing is.' })
  flags!: readonly FlagDto[];
}

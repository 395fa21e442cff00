import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { SymbolField } from '../fields/text-fields.js';
import { ShadowPortfolioDto } from '../what-if/what-if.dto.js';

export const MAX_INSTRUMENTS = 80;
/** Of each instrument and side, where the request names no other. */
export const DEFAULT_LOTS = 1_000;

/** Something that may be traded. */
export class HedgeInstrumentDto {
  @SymbolField({ description: 'Ticker, or OCC option symbol (padded or not).', example: 'HLVN  260821P00200000' })
  symbol!: string;

  @DecimalField({
    optional: true,
    positive: true,
    description: 'Shares or contracts a lot. Default 1 contract, 100 shares.',
    example: '1',
  })
  lot?: string | number;

  @DecimalField({ optional: true, nullable: true, min: 0, max: 1e9, description: 'Best bid, dollars per share.' })
  bid?: string | number | null;

  @DecimalField({ optional: true, nullable: true, min: 0, max: 1e9, description: 'Best offer, dollars per share.' })
  ask?: string | number | null;
}

const ExcessField = (): PropertyDecorator =>
  DecimalField({
    optional: true,
    description: 'Excess to reach, dollars. Default 0: what cures a deficit. Not beside `free`.',
    example: '0.00',
  });
const FreeField = (): PropertyDecorator =>
  DecimalField({
    optional: true,
    positive: true,
    description: 'Dollars of excess to gain beyond what there is.',
    example: '25000.00',
  });
const InstrumentsField = (): PropertyDecorator =>
  NestedField(() => HedgeInstrumentDto, {
    optional: true,
    list: { minItems: 1, maxItems: MAX_INSTRUMENTS },
    description:
      'What may be traded, each with its quote, where the caller knows a better one than the snapshot. Absent: the ' +
      'underlyings of the class groups with the greatest requirements, with options of the next expiries near the money.',
  });
const MostLotsField = (): PropertyDecorator =>
  DecimalField({
    optional: true,
    ...{ positive: true, whole: true, max: 100_000 },
    description: `Lots of each instrument bought or sold at most. Default ${DEFAULT_LOTS}.`,
    example: '100',
  });

export class HedgeRequestDto {
  @ExcessField()
  excess?: string | number;

  @FreeField()
  free?: string | number;

  @InstrumentsField()
  instruments?: HedgeInstrumentDto[];

  @MostLotsField()
  mostLots?: string | number;
}

/** The same about a portfolio that is not stored. */
export class ShadowHedgeRequestDto extends ShadowPortfolioDto implements HedgeRequestDto {
  @ExcessField()
  excess?: string | number;

  @FreeField()
  free?: string | number;

  @InstrumentsField()
  instruments?: HedgeInstrumentDto[];

  @MostLotsField()
  mostLots?: string | number;
}

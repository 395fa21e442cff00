import type { BondIssuer, OptionForm } from '@app/market';
import { ChoiceField, FlagField } from '../fields/choice-field.js';
import { CalendarDateField, InstantField } from '../fields/date-fields.js';
import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { NumberField } from '../fields/number-field.js';
import { SymbolField } from '../fields/text-fields.js';

const PRODUCT_CLASSES = ['EQUITY', 'NARROW_INDEX', 'BROAD_INDEX', 'HIGH_CAP_INDEX'] as const;

/** Bounds a rate, yield or volatility is refused beyond: no real one is, and formulas stay finite within. */
const RATE_BOUND = 1;
const VOLATILITY_MOST = 20;

/** What a house rule may need; without it a rule that does is a gap. */
const FACT = { optional: true, nullable: true } as const;

export class RateDto {
  @NumberField({
    integer: true,
    min: 1,
    max: 36_500,
    description: 'Calendar days from the valuation date.',
    example: 57,
  })
  days!: number;

  @NumberField({
    min: -RATE_BOUND,
    max: RATE_BOUND,
    description: 'Zero rate, continuously compounded, ACT/365: 0.0508 is 5.08 %.',
    example: 0.0508,
  })
  rate!: number;
}

export class ForwardDto {
  @CalendarDateField({ description: 'Expiry of the options it is for.', example: '2007-04-18' })
  expiry!: string;

  @DecimalField({ positive: true, max: 1e9, description: 'Index points or dollars a share.', example: '13.20' })
  forward!: string | number;
}

export class DividendDto {
  @CalendarDateField({ description: 'Ex-dividend date.', example: '2007-03-08' })
  exDate!: string;

  @DecimalField({ positive: true, max: 1_000_000, description: 'Dollars per share.', example: '0.30' })
  amount!: string | number;
}

export class BondDto {
  @ChoiceField({
    choices: ['US_GOVERNMENT', 'MUNICIPAL', 'INVESTMENT_GRADE', 'OTHER'],
    description: 'Who owes it.',
    example: 'US_GOVERNMENT',
  })
  issuer!: BondIssuer;

  @CalendarDateField({ description: 'When it is repaid.', example: '2010-02-15' })
  maturity!: string;
}

export class UnderlyingDto {
  @SymbolField({ description: 'Ticker.', example: 'IBM' })
  symbol!: string;

  @ChoiceField({
    choices: ['EQUITY', 'ETF', 'INDEX', 'BOND', 'MONEY_MARKET_FUND', 'FUND'],
    description: 'An index itself cannot be held. Bonds and open-end funds are held at a price for each unit.',
    example: 'EQUITY',
  })
  type!: 'EQUITY' | 'ETF' | 'INDEX' | 'BOND' | 'MONEY_MARKET_FUND' | 'FUND';

  @DecimalField({ positive: true, max: 1e9, description: 'Dollars per share, or index points.', example: '97.73' })
  price!: string | number;

  @ChoiceField({
    choices: PRODUCT_CLASSES,
    description:
      'Decides the range of price moves: ±15 % EQUITY and NARROW_INDEX, ±10 % BROAD_INDEX, −8/+6 % HIGH_CAP_INDEX.',
    example: 'EQUITY',
  })
  productClass!: (typeof PRODUCT_CLASSES)[number];

  @SymbolField({
    description: 'Instruments of one class group net in full against each other: an index and its funds share one.',
    example: 'IBM',
  })
  classGroup!: string;

  @SymbolField({
    optional: true,
    nullable: true,
    description: 'Correlated class groups share one: SPX, OEX and DJX. Gains in one offset losses in another in part.',
  })
  productGroup?: string | null;

  @NumberField({
    optional: true,
    min: -10,
    max: 10,
    description: "The multiple of its index's daily move that a fund promises: 2, 3, −1. Default 1; not 0.",
    example: 1,
  })
  leverage?: number;

  @NumberField({
    optional: true,
    min: -RATE_BOUND,
    max: RATE_BOUND,
    description: 'Continuous dividend yield, annual, beside the cash dividends. Default 0.',
    example: 0,
  })
  dividendYield?: number;

  @NestedField(() => DividendDto, { optional: true, list: { maxItems: 200 }, description: 'Cash dividends to come.' })
  dividends?: DividendDto[];

  @NestedField(() => ForwardDto, {
    optional: true,
    list: { maxItems: 200 },
    description:
      'What it is worth at expiries, in place of yield and dividends. Options on a volatility index need one: given, a ' +
      'future that expires on that day, or else implied by at least three pairs of calls and puts with prices.',
  })
  forwards?: ForwardDto[];

  @SymbolField({
    optional: true,
    nullable: true,
    description: 'Product groups that are alike share one: SPX, NDX and RUT are three product groups of one.',
  })
  portfolioGroup?: string | null;

  @NumberField({ ...FACT, min: -10, max: 10, description: 'Move for a move of 1 of the index.', example: 0.95 })
  beta?: number | null;

  @DecimalField({ ...FACT, positive: true, max: 1e15, description: 'Market capitalisation, dollars.' })
  marketCap?: string | number | null;

  @DecimalField({ ...FACT, positive: true, max: 1e15, description: 'Shares outstanding.' })
  sharesOutstanding?: string | number | null;

  @DecimalField({ ...FACT, min: 0, max: 1e15, description: 'Average daily volume, shares.' })
  averageDailyVolume?: string | number | null;

  @CalendarDateField({ ...FACT, description: 'The next announcement of earnings.', example: '2007-04-17' })
  earningsDate?: string | null;

  @FlagField({ optional: true, description: 'False where it may not be lent against. Default true.', example: true })
  marginable?: boolean;

  @NestedField(() => BondDto, { optional: true, nullable: true, description: 'Of a BOND.' })
  bond?: BondDto | null;
}

export class DeliverableComponentDto {
  @SymbolField({ description: 'A share or fund of the market.', example: 'IBM' })
  symbol!: string;

  @DecimalField({ positive: true, max: 1e6, description: 'Shares a contract.', example: '25' })
  shares!: string | number;
}

export class DeliverableDto {
  @NestedField(() => DeliverableComponentDto, { list: { minItems: 1, maxItems: 20 }, description: 'Each symbol once.' })
  components!: DeliverableComponentDto[];

  @DecimalField({ optional: true, min: 0, max: 1e9, description: 'Dollars a contract. Default 0.', example: '12.34' })
  cash?: string | number;
}

export class OptionQuoteDto {
  @SymbolField({
    description: 'OCC option symbol, padded to 21 characters or not; a ticker where `form` is not LISTED.',
    example: 'IBM   070421C00100000',
  })
  symbol!: string;

  @ChoiceField({
    choices: ['LISTED', 'ON_FUTURE', 'WARRANT'],
    optional: true,
    description:
      'ON_FUTURE: on one of `futures`, at its price (Black 1976). WARRANT: as an option, issued by a company. Both ' +
      'need `underlying`, `right`, `expiry` and `strike`, which the symbol of a LISTED option says. Default LISTED.',
    example: 'LISTED',
  })
  form?: OptionForm;

  @ChoiceField({ choices: ['CALL', 'PUT'], optional: true, description: 'Only where `form` is not LISTED.' })
  right?: 'CALL' | 'PUT';

  @CalendarDateField({ optional: true, description: 'Only where `form` is not LISTED.' })
  expiry?: string;

  @DecimalField({ optional: true, positive: true, max: 1e8, description: 'Only where `form` is not LISTED.' })
  strike?: string | number;

  @NestedField(() => DeliverableDto, {
    optional: true,
    nullable: true,
    description:
      'What one contract delivers, where a corporate action adjusted it. Its root then ends in a digit; without a ' +
      'deliverable such a contract cannot be valued.',
  })
  deliverable?: DeliverableDto | null;

  @SymbolField({ optional: true, description: 'What it is written on, where its root does not say: SPXW is on SPX.' })
  underlying?: string;

  @DecimalField({
    optional: true,
    nullable: true,
    min: 0,
    max: 1e9,
    description: 'Mark, dollars per share. Without one the mark is the theoretical value at `impliedVolatility`.',
    example: '1.68',
  })
  price?: string | number | null;

  @NumberField({
    optional: true,
    nullable: true,
    min: 0.0001,
    max: VOLATILITY_MOST,
    description: 'Annual: 0.25 is 25 %. Without one it is solved from `price`.',
    example: 0.2,
  })
  impliedVolatility?: number | null;

  @ChoiceField({ choices: ['AMERICAN', 'EUROPEAN'], description: 'Exercise style.', example: 'AMERICAN' })
  exercise!: 'AMERICAN' | 'EUROPEAN';

  @DecimalField({ positive: true, max: 1e6, description: 'Shares (or index units) a contract is for.', example: '100' })
  multiplier!: string | number;
}

export class FutureQuoteDto {
  @SymbolField({ description: 'The future.', example: 'ESH7' })
  symbol!: string;

  @SymbolField({ description: 'The index or share it is on: they share a class group.', example: 'SPX' })
  underlying!: string;

  @DecimalField({ positive: true, max: 1e9, description: 'Index points or dollars per share.', example: '1458.50' })
  price!: string | number;

  @CalendarDateField({ description: 'Last day of trading.', example: '2007-03-16' })
  expiry!: string;

  @DecimalField({ positive: true, max: 1e6, description: 'Dollars per point.', example: '50' })
  multiplier!: string | number;
}

export class InlineMarketDto {
  @InstantField({
    description: 'The instant of the prices; its date in New York is the valuation date.',
    example: '2007-02-23T21:00:00.000Z',
  })
  asOf!: string;

  @NestedField(() => RateDto, {
    list: { maxItems: 200 },
    description: 'Zero curve: linear between the days, flat outside. Options need at least one rate.',
  })
  rates!: RateDto[];

  @NestedField(() => UnderlyingDto, {
    list: { minItems: 1, maxItems: 1_000 },
    description: 'Shares, funds and indices.',
  })
  underlyings!: UnderlyingDto[];

  @NestedField(() => OptionQuoteDto, { optional: true, list: { maxItems: 5_000 }, description: 'Option quotes.' })
  options?: OptionQuoteDto[];

  @NestedField(() => FutureQuoteDto, { optional: true, list: { maxItems: 200 }, description: 'Futures quotes.' })
  futures?: FutureQuoteDto[];
}

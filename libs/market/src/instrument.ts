import type { Decimal } from 'decimal.js';
import type { ExerciseStyle, OptionRight } from '@app/pricing';
import type { CalendarDate } from './calendar-date.js';

/** Decides the range of price moves (FINRA 4210(g)(2)); the numbers themselves are in the rules. */
export type ProductClass = 'EQUITY' | 'NARROW_INDEX' | 'BROAD_INDEX' | 'HIGH_CAP_INDEX';
/** A bond, a money-market fund and any other open-end fund are held, and nothing is written on them. */
export type UnderlyingType = 'EQUITY' | 'ETF' | 'INDEX' | 'BOND' | 'MONEY_MARKET_FUND' | 'FUND';

/** Who owes a bond: with its maturity what its margin depends on (FINRA 4210(e)(2)). */
export type BondIssuer = 'US_GOVERNMENT' | 'MUNICIPAL' | 'INVESTMENT_GRADE' | 'OTHER';

export interface Bond {
  readonly issuer: BondIssuer;
  readonly maturity: CalendarDate;
}

export interface DeclaredDividend {
  readonly exDate: CalendarDate;
  /** Money per share, > 0. */
  readonly amount: number;
}

/** What house rules may ask of an underlying; null where nobody has said. A rule that needs one that is null is a gap. */
export interface UnderlyingFacts {
  /** Product groups that are alike share one, with a smaller offset between them: SPX, NDX and RUT are three of one. */
  readonly portfolioGroup: string | null;
  /** Move of the share for a move of 1 of the index that betas are measured against. */
  readonly beta: number | null;
  /** Dollars, > 0. */
  readonly marketCap: number | null;
  /** Shares, > 0. */
  readonly sharesOutstanding: number | null;
  /** Shares a day, ≥ 0. */
  readonly averageDailyVolume: number | null;
  /** The next day on which earnings are announced. */
  readonly earningsDate: CalendarDate | null;
  /** False where it may not be lent against (12 CFR 220.12(e)): it is margined outside the model. */
  readonly marginable: boolean;
  /** Null for everything but a bond, and for a bond of which it is not known. */
  readonly bond: Bond | null;
}

/** An underlying of which only its price and place are known. */
export const NO_FACTS: UnderlyingFacts & Pick<Underlying, 'forwards'> = {
  forwards: [],
  portfolioGroup: null,
  beta: null,
  marketCap: null,
  sharesOutstanding: null,
  averageDailyVolume: null,
  earningsDate: null,
  marginable: true,
  bond: null,
};

/** A share, an ETF or an index: what options and futures are written on, and (but for an index) what can be held. */
export interface Underlying extends UnderlyingFacts {
  readonly kind: 'UNDERLYING';
  readonly symbol: string;
  readonly type: UnderlyingType;
  /** Mark per share or index point; null where the snapshot has none. */
  readonly price: Decimal | null;
  /** Exchange date of `price` where it is older than the snapshot's: a stale price is never used. */
  readonly priceDate: CalendarDate | null;
  readonly productClass: ProductClass;
  /** Instruments of one class group net in full against each other: SPY and SPX options are both "SPX". */
  readonly classGroup: string;
  readonly productGroup: string | null;
  /** Daily multiple of its index a fund promises: 1, 2, 3, −1 … */
  readonly leverage: number;
  /** Continuous, annual. */
  readonly dividendYield: number;
  readonly dividends: readonly DeclaredDividend[];
  /** Instead of yield and dividends, to the expiries they are for. */
  readonly forwards: readonly Forward[];
}

/** What the calls and puts of one expiry agree an underlying will be worth then, or what somebody says it will. */
export interface Forward {
  readonly expiry: CalendarDate;
  /** OSI root of the options it is for: SPX and SPXW of one day settle at different hours. '' for every root. */
  readonly root: string;
  /** Money per share or index points, > 0. */
  readonly forward: number;
  /** Continuous zero rate to the expiry that came with it; null takes the market's curve. */
  readonly rate: number | null;
  /** FUTURE: a quoted future that expires on that day. */
  readonly source: 'GIVEN' | 'FUTURE' | 'PARITY_IMPLIED';
  /** Pairs of a call and a put that it was fitted to; 0 for the other sources. */
  readonly pairs: number;
}

/** What one contract delivers that a corporate action adjusted: shares of one or several underlyings, and cash. */
export interface Deliverable {
  /** At least one; shares a contract, > 0. */
  readonly components: readonly { readonly symbol: string; readonly shares: number }[];
  /** Dollars a contract, ≥ 0. */
  readonly cash: number;
}

/**
 * LISTED: known by its OSI symbol. ON_FUTURE: its underlying is a future, and the future's price what it is on. WARRANT:
 * issued by a company, as an option else. The latter two have tickers, by convention `ESZ6C6500` and `XYZ.WS`.
 */
export type OptionForm = 'LISTED' | 'ON_FUTURE' | 'WARRANT';

/** How an option's volatility came to be; all but GIVEN and SOLVED are fallbacks that a strict account refuses. */
export type VolatilitySource = 'GIVEN' | 'SOLVED' | 'NEIGHBOUR_STRIKE' | 'PARITY_PARTNER' | 'FLOOR';

export interface Option {
  readonly kind: 'OPTION';
  readonly form: OptionForm;
  /** OCC 21-character symbol, padded; a ticker where it is not LISTED. */
  readonly symbol: string;
  /** A share, fund or index; a future where it is ON_FUTURE. */
  readonly underlying: string;
  readonly right: OptionRight;
  readonly expiry: CalendarDate;
  /** Money per share, exact to 1/1000. */
  readonly strike: number;
  readonly exercise: ExerciseStyle;
  /** Shares (or index units) one contract delivers: 100, 10 for a mini. */
  readonly multiplier: Decimal;
  /** True where the deliverable is not simply `multiplier` units of the underlying: it is never valued as if it were. */
  readonly adjusted: boolean;
  /** Of an adjusted contract, where it is known; else it is never valued. Null for all others. */
  readonly deliverable: Deliverable | null;
  /** Mark per share; null where the snapshot has none. */
  readonly price: Decimal | null;
  /** Annual, > 0; null where none is known. */
  readonly impliedVolatility: number | null;
  /** Null exactly where `impliedVolatility` is. */
  readonly volatilitySource: VolatilitySource | null;
  /** What is doubtful about the quote it came from. */
  readonly flags: readonly QuoteFlag[];
}

/** What a listed option is that delivers `multiplier` units of its underlying. */
export const PLAIN_OPTION = { form: 'LISTED', adjusted: false, deliverable: null } as const;

/** What an option is, before anything is known of its price. */
export type OptionContract = Omit<Option, 'price' | 'impliedVolatility' | 'volatilitySource' | 'flags'>;

export interface Future {
  readonly kind: 'FUTURE';
  readonly symbol: string;
  readonly underlying: string;
  readonly price: Decimal | null;
  readonly expiry: CalendarDate;
  /** Money per point. */
  readonly multiplier: Decimal;
}

export type Instrument = Underlying | Option | Future;

/** What can be doubtful about an option quote; none of them is silent, none of them stops an import. */
export type QuoteFlag =
  | 'NO_QUOTE' // neither side: no price
  | 'MISSING_SIDE' // one side absent: no price
  | 'NO_BID' // bid 0: the mid is half the ask
  | 'CROSSED' // bid above ask
  | 'WIDE' // spread over half the mid
  | 'BELOW_INTRINSIC' // American ask under intrinsic value: a stale quote
  | 'PARITY_BREAK' // the call and put of one strike contradict each other: one of the two is stale
  | 'ABOVE_BOUND' // marked at or above the most it can be worth: no volatility, and so no value
  | 'ADJUSTED_DELIVERABLE'; // delivers something other than 100 shares

import { Decimal } from 'decimal.js';
import {
  addDays,
  type MarketTerms,
  type Option,
  optionChain,
  type OptionContract,
  optionTerms,
  PLAIN_OPTION,
  osiSymbolText,
  type Quote,
  type QuotedContract,
} from '@app/market';
import { type OptionRight, type OptionTerms, optionValue } from '@app/pricing';
import { EXPIRIES } from './demo-calendar.js';
import type { DemoListing } from './demo-listing.js';
import { smileVolatility } from './volatility-smile.js';

const RIGHTS: readonly OptionRight[] = ['CALL', 'PUT'];
const CONTRACT_SIZE = new Decimal(100);
/** Expiries later than this are listed at every second strike. */
const NEAR_DAYS = 100;

/** From this price on quotes move in steps of 5 cents, below it in cents: the exchanges' penny programme. */
const PENNY_BELOW_CENTS = 300;
/** Half the spread as a fraction of the value: the least, and how much may come on top. */
const HALF_SPREAD_LEAST = 0.006;
const HALF_SPREAD_RANGE = 0.012;
/** How often a quote is bad. */
const CROSSED_SHARE = 0.003;
const ONE_SIDED_SHARE = 0.0015;

function strikes({ underlying, strikeStep, strikesPerSide }: DemoListing, isNear: boolean): number[] {
  const step = isNear ? strikeStep : 2 * strikeStep;
  const middle = Math.round(Number(underlying.price) / step);
  const count = 2 * strikesPerSide + 1;
  return Array.from({ length: count }, (_, i) => (middle - strikesPerSide + i) * step).filter((strike) => strike > 0);
}

/** Index options are European and settle in cash; all others are American. */
function contracts(listing: DemoListing, { valuationDate }: MarketTerms): OptionContract[] {
  const { symbol, type } = listing.underlying;
  const exercise = type === 'INDEX' ? 'EUROPEAN' : 'AMERICAN';
  const nearest = addDays(valuationDate, NEAR_DAYS);
  return EXPIRIES[listing.expiries].flatMap((expiry) =>
    strikes(listing, expiry <= nearest).flatMap((strike) =>
      RIGHTS.map((right): OptionContract => {
        const osi = osiSymbolText({ root: symbol, expiry, right, strike });
        const terms = { right, expiry, strike, exercise, multiplier: CONTRACT_SIZE, ...PLAIN_OPTION } as const;
        return { kind: 'OPTION', symbol: osi, underlying: symbol, ...terms };
      }),
    ),
  );
}

function forward(terms: OptionTerms, spot: number): number {
  const carry = (terms.rateContinuous - terms.dividendYield) * terms.yearsToExpiry;
  const cash = terms.dividends.reduce(
    (sum, { amount, years, rateContinuous }) => sum + amount * Math.exp(-rateContinuous * years),
    0,
  );
  return (spot - cash) * Math.exp(carry);
}

/** Dollars a share: our own model at the smile's volatility. */
function theoretical(contract: OptionContract, { underlying, smile }: DemoListing, market: MarketTerms): number {
  const result = optionTerms(contract, underlying, market);
  if (result.kind === 'GAPS') throw new RangeError('a demo contract without terms');
  const { terms } = result;
  const spot = Number(underlying.price);
  const volatility = smileVolatility(smile, forward(terms, spot), terms.strike, terms.yearsToExpiry);
  return optionValue(terms, spot, volatility);
}

/** The value on its grid of prices with a spread around it; a few of them crossed or one-sided, as any feed has. */
function quote(value: number, random: () => number): Quote {
  const tick = value * 100 >= PENNY_BELOW_CENTS ? 5 : 1;
  const middle = Math.round((value * 100) / tick) * tick;
  const half = Math.max(
    tick,
    Math.round((value * 100 * (HALF_SPREAD_LEAST + HALF_SPREAD_RANGE * random())) / tick) * tick,
  );
  const bid = dollars(Math.max(0, middle - half));
  const ask = dollars(middle + half);
  const luck = random();
  if (luck < ONE_SIDED_SHARE) return { bid: null, ask };
  return luck < ONE_SIDED_SHARE + CROSSED_SHARE && !bid.isZero() ? { bid: ask, ask: bid } : { bid, ask };
}

function dollars(cents: number): Decimal {
  return new Decimal(cents).dividedBy(100);
}

/** The options of one underlying as an import would leave them: marked at the mid, flagged, volatilities solved. */
export function demoChain(listing: DemoListing, market: MarketTerms, random: () => number): readonly Option[] {
  const chain = contracts(listing, market).map((contract): QuotedContract => ({
    contract,
    quote: quote(theoretical(contract, listing, market), random),
  }));
  return optionChain(chain, listing.underlying, market);
}

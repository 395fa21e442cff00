import { Decimal } from 'decimal.js';
import { daysBetween, exchangeDate, type Future, type GivenPrices, isAfterClose, zeroRate } from '@app/market';
import { DEMO_AS_OF, DEMO_RATES } from './demo-calendar.js';
import { demoChain } from './demo-chain.js';
import { DEMO_LISTINGS } from './demo-listing.js';
import { randomStream } from '../books/random-stream.js';

const SEED = 20260612;
const MARKET_TERMS = {
  valuationDate: exchangeDate(DEMO_AS_OF),
  afterClose: isAfterClose(DEMO_AS_OF),
  rates: DEMO_RATES,
};

/** The future on an index at its fair price, to a quarter of a point. */
function indexFuture(symbol: string, underlying: string, expiry: string): Future {
  const index = DEMO_LISTINGS.find((listing) => listing.underlying.symbol === underlying)!.underlying;
  const days = daysBetween(MARKET_TERMS.valuationDate, expiry);
  const carry = (zeroRate(DEMO_RATES, days)! - index.dividendYield) * (days / 365);
  const price = Math.round(Number(index.price) * Math.exp(carry) * 4) / 4;
  return { kind: 'FUTURE', symbol, underlying, price: new Decimal(price), expiry, multiplier: new Decimal(50) };
}

/**
 * The demo's market: invented names at the close of one invented Friday, the same on every machine. The first call costs
 * a second or two, nearly all of it the options with cash dividends.
 */
export function demoPrices(): GivenPrices {
  return (prices ??= computedPrices());
}

let prices: GivenPrices | undefined;

function computedPrices(): GivenPrices {
  return {
    asOf: DEMO_AS_OF,
    rates: DEMO_RATES,
    underlyings: DEMO_LISTINGS.map(({ underlying }) => underlying),
    // A stream an underlying, so that a change to one chain leaves all others as they are.
    options: DEMO_LISTINGS.flatMap((listing, i) => demoChain(listing, MARKET_TERMS, randomStream(SEED + i))),
    futures: [indexFuture('MXFU6', 'MDX', '2026-09-18'), indexFuture('MXFZ6', 'MDX', '2026-12-18')],
  };
}

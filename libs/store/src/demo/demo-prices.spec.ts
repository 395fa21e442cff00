import { exchangeDate, isAfterClose, type Option, optionTerms, parityBounds } from '@app/market';
import { optionValue } from '@app/pricing';
import { EXPIRIES } from './demo-calendar.js';
import { demoPrices } from './demo-prices.js';

const prices = demoPrices();
const market = {
  valuationDate: exchangeDate(prices.asOf),
  afterClose: isAfterClose(prices.asOf),
  rates: prices.rates,
};
const underlyingOf = new Map(prices.underlyings.map((underlying) => [underlying.symbol, underlying]));
const sound = prices.options.filter(
  ({ flags, volatilitySource }) => flags.length === 0 && volatilitySource === 'SOLVED',
);

function modelValue(option: Option): number {
  const underlying = underlyingOf.get(option.underlying)!;
  const result = optionTerms(option, underlying, market);
  if (result.kind === 'GAPS') throw new Error(JSON.stringify(result.gaps));
  return optionValue(result.terms, Number(underlying.price), option.impliedVolatility!);
}

describe('demoPrices', () => {
  it('is the same every time', () => {
    expect(JSON.stringify(demoPrices())).toBe(JSON.stringify(prices));
  });

  it('holds the close of a Friday: two indices, funds of every class, a dozen stocks, futures', () => {
    expect(market).toMatchObject({ valuationDate: '2026-06-12', afterClose: true });
    const symbols = (type: string): string[] =>
      prices.underlyings.filter((underlying) => underlying.type === type).map(({ symbol }) => symbol);
    expect(symbols('INDEX')).toEqual(['MDX', 'QSX']);
    expect(symbols('ETF')).toEqual(['MDXE', 'MDXU', 'QSXE', 'XQE']);
    expect(symbols('EQUITY')).toHaveLength(12);
    expect(new Set(prices.underlyings.map(({ productClass }) => productClass)).size).toBe(4);
    expect(prices.futures).toHaveLength(2);
  });

  it('lists each contract once, at a few thousand in all, none of them settled', () => {
    expect(new Set(prices.options.map(({ symbol }) => symbol)).size).toBe(prices.options.length);
    expect(prices.options.length).toBeGreaterThan(3000);
    expect(prices.options.length).toBeLessThan(4000);
    expect(prices.options.every(({ expiry }) => expiry > market.valuationDate)).toBe(true);
  });

  it('expires on Fridays, on Thursdays where the Friday is a holiday', () => {
    const thursdays = EXPIRIES.INDEX.filter((date) => new Date(date).getUTCDay() === 4);
    expect(thursdays).toEqual(['2026-06-18', '2026-07-02', '2027-06-17']);
    expect(EXPIRIES.INDEX.filter((date) => new Date(date).getUTCDay() !== 5)).toEqual(thursdays);
  });

  it('marks sound quotes at what our own model gives at the volatility it states', () => {
    expect(sound.length).toBeGreaterThan(0.85 * prices.options.length);
    for (const option of sound) {
      const spot = Number(underlyingOf.get(option.underlying)!.price);
      expect(Math.abs(modelValue(option) - Number(option.price))).toBeLessThanOrEqual(1e-7 * spot);
    }
  });

  it('has a smile and a term structure', () => {
    const volatility = (symbol: string): number =>
      prices.options.find((option) => option.symbol === symbol)!.impliedVolatility!;
    expect(volatility('MDX   260918P05500000')).toBeGreaterThan(1.2 * volatility('MDX   260918P06250000'));
    expect(volatility('QBRT  260717C00150000')).toBeGreaterThan(1.1 * volatility('QBRT  270115C00150000'));
    expect(volatility('MDX   270617C06200000')).toBeGreaterThan(1.1 * volatility('MDX   260626C06200000'));
  });

  it('agrees with parity, to a tick a side', () => {
    const put = new Map(sound.filter(({ right }) => right === 'PUT').map((option) => [option.symbol, option]));
    for (const call of sound.filter(({ right }) => right === 'CALL')) {
      const partner = put.get(`${call.symbol.slice(0, 12)}P${call.symbol.slice(13)}`);
      const underlying = underlyingOf.get(call.underlying)!;
      const result = optionTerms(call, underlying, market);
      if (partner === undefined || result.kind === 'GAPS') continue;
      const { low, high } = parityBounds(result.terms, Number(underlying.price));
      const difference = Number(call.price) - Number(partner.price);
      expect(difference).toBeGreaterThanOrEqual(low - 0.05);
      expect(difference).toBeLessThanOrEqual(high + 0.05);
    }
  });

  it('has what a feed has: no bids, crossed and one-sided quotes, one symbol whose price is stale', () => {
    const flags = new Set(prices.options.flatMap((option) => option.flags));
    expect(flags).toEqual(new Set(['NO_BID', 'WIDE', 'CROSSED', 'MISSING_SIDE']));
    const stale = prices.underlyings.filter(({ priceDate }) => priceDate !== null);
    expect(stale.map(({ symbol, priceDate }) => [symbol, priceDate])).toEqual([['OLDN', '2026-06-09']]);
    const onStale = prices.options.filter(({ underlying }) => underlying === 'OLDN');
    expect(onStale.every(({ price, impliedVolatility }) => price !== null && impliedVolatility === null)).toBe(true);
  });
});

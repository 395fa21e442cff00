import type { Instrument } from '@app/market';
import { optionValue } from '@app/pricing';
import { Decimal } from 'decimal.js';
import { answered, future, indexed, marketOf, option, SEPTEMBER, share } from '../../../test/support/sample-market.js';
import { riskArray } from './risk-array.js';
import { scenarioGrid } from './scenario.js';

const grid = scenarioGrid(
  [
    [-0.5, 0],
    [-0.1, 0],
    [0, 0.5],
    [0, 0],
    [0.1, 0],
    [0.1, -0.5],
  ].map(([priceMove, volMove]) => ({ priceMove, volMove })),
);
const stock = share('XYZ', '100');
const arrayOf = (instrument: Instrument, ...others: Instrument[]) =>
  answered(riskArray(instrument, marketOf([instrument, ...others]), grid));
const rounded = (values: Float64Array): number[] => [...values].map((value) => Number(value.toFixed(9)));

describe('a share', () => {
  it('moves one for one, whatever the volatility', () => {
    const { theoretical, values, pnl, impliedVolatility } = arrayOf(stock);
    expect({ theoretical, impliedVolatility }).toEqual({ theoretical: 100, impliedVolatility: null });
    expect(rounded(values)).toEqual([50, 90, 100, 100, 110, 110]);
    expect(rounded(pnl)).toEqual([-50, -10, 0, 0, 10, 10]);
  });

  it.each([
    [3, [-100, -30, 0, 0, 30, 30]],
    [-1, [50, 10, 0, 0, -10, -10]],
    [-3, [150, 30, 0, 0, -30, -30]],
  ])('of a fund of %d times its index moves so many times as far, and not below zero', (leverage, expected) => {
    expect(rounded(arrayOf(share('XYZ', '100', { leverage })).pnl)).toEqual(expected);
  });
});

it('a future moves by its own price, not by that of the index', () => {
  const { pnl, mark } = arrayOf(future('ES', 'SPX', '5100'), indexed('SPX', '5000', { type: 'INDEX' }));
  expect(rounded(pnl)).toEqual([-2550, -510, 0, 0, 510, 510]);
  expect(mark.multiplier.toFixed()).toBe('50');
});

describe('an option', () => {
  const european = option('XYZ', SEPTEMBER, 'PUT', 100, { exercise: 'EUROPEAN' });
  const terms = {
    right: 'PUT' as const,
    exercise: 'EUROPEAN' as const,
    strike: 100,
    yearsToExpiry: 28 / 365,
    rateContinuous: 0.04,
    dividendYield: 0,
    dividends: [],
  };

  it('is revalued at each price and volatility, no time passing', () => {
    const { theoretical, values, pnl } = arrayOf(european, stock);
    const at = (spot: number, volatility: number): number => optionValue(terms, spot, volatility);
    expect(theoretical).toBe(at(100, 0.25));
    const expected = [at(50, 0.25), at(90, 0.25), at(100, 0.375), at(100, 0.25), at(110, 0.25), at(110, 0.125)];
    expect(rounded(values)).toEqual(rounded(Float64Array.from(expected)));
    expect([...pnl]).toEqual([...values].map((value) => value - theoretical));
  });

  it('has its price as its mark, or its theoretical value where it has none', () => {
    const priced = option('XYZ', SEPTEMBER, 'PUT', 100, { price: new Decimal('2.80') });
    expect(arrayOf(priced, stock).mark.price.toFixed()).toBe('2.8');
    const { mark, theoretical } = arrayOf(european, stock);
    expect(mark.price.toFixed(10)).toBe(theoretical.toFixed(10));
  });

  it('with a price and no volatility is worth that price to the model too', () => {
    const priced = option('XYZ', SEPTEMBER, 'PUT', 95, { price: new Decimal('1.02'), impliedVolatility: null });
    const market = marketOf([priced, stock]);
    const array = answered(riskArray(market.instrument(priced.symbol)!, market, grid));
    expect(array.theoretical).toBeCloseTo(1.02, 6);
    expect(array.impliedVolatility).toBeGreaterThan(0.1);
  });

  it('on a fund of three times its index moves with the fund', () => {
    const fund = share('XYZ', '100', { leverage: 3 });
    const { values } = arrayOf(european, fund);
    expect(values[1]).toBeCloseTo(optionValue(terms, 70, 0.25), 9);
  });

  it('is settled at intrinsic value after the close of its last day, with or without a volatility', () => {
    const last = option('XYZ', '2026-08-21', 'PUT', 105, { impliedVolatility: null });
    const market = marketOf([last, stock], { asOf: '2026-08-21T20:00:00.000Z' });
    const { theoretical, values } = answered(riskArray(last, market, grid));
    expect(theoretical).toBe(5);
    expect(rounded(values)).toEqual([55, 15, 5, 5, 0, 0]);
  });
});

it('of a share worth nothing in every scenario is still finite', () => {
  const put = option('XYZ', SEPTEMBER, 'PUT', 100);
  const ruin = scenarioGrid([{ priceMove: -1, volMove: 0 }]);
  const market = marketOf([put, stock]);
  // An American put on a worthless share is exercised at once.
  expect(answered(riskArray(put, market, ruin)).values[0]).toBeCloseTo(100, 9);
});

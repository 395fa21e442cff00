import type { Instrument } from '@app/market';
import { optionValue } from '@app/pricing';
import { Decimal } from 'decimal.js';
import { answered, future, indexed, marketOf, option, SEPTEMBER, share } from '../../../test/support/sample-market.js';
import { blackScholes } from '../../../test/support/black-scholes.js';
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

describe('what is not simply an option on a share', () => {
  const index = indexed('SPX', '5000', { type: 'INDEX' });
  const es = future('ESU6', 'SPX', '5050');
  const discount = Math.exp((-0.04 * 28) / 365);

  it("an option on a future is Black's formula on its price, moved by the index", () => {
    const call = option('ES', SEPTEMBER, 'CALL', 5000, {
      ...{ symbol: 'ESU6C5000', form: 'ON_FUTURE', underlying: 'ESU6', exercise: 'EUROPEAN' },
    });
    const { theoretical, values, underlying } = arrayOf(call, es, index);
    const black = (price: number) => blackScholes(true, price * discount, 5000 * discount, 0.25 * Math.sqrt(28 / 365));
    expect(underlying.classGroup).toBe('SPX');
    expect(theoretical).toBeCloseTo(black(5050), 8);
    expect(values[1]).toBeCloseTo(black(0.9 * 5050), 8);
    expect(values[4]).toBeCloseTo(black(1.1 * 5050), 8);
  });

  it('a warrant is an option known by its ticker', () => {
    const terms = { exercise: 'AMERICAN' } as const;
    const warrant = option('XYZ', SEPTEMBER, 'CALL', 100, { ...terms, symbol: 'XYZ.WS', form: 'WARRANT' });
    const call = option('XYZ', SEPTEMBER, 'CALL', 100, terms);
    expect([...arrayOf(warrant, stock).pnl]).toEqual([...arrayOf(call, stock).pnl]);
  });

  it('an option on a volatility index is valued on the forward to its own expiry', () => {
    const forward = { expiry: SEPTEMBER, root: '', forward: 19, rate: null, source: 'GIVEN', pairs: 0 } as const;
    const vix = indexed('VIX', '15', { type: 'INDEX', classGroup: 'VIX', forwards: [forward] });
    const call = option('VIX', SEPTEMBER, 'CALL', 20, { exercise: 'EUROPEAN', impliedVolatility: 0.9 });
    const black = (price: number) => blackScholes(true, price * discount, 20 * discount, 0.9 * Math.sqrt(28 / 365));
    const { theoretical, values } = arrayOf(call, vix);
    expect(theoretical).toBeCloseTo(black(19), 10);
    expect(values[1]).toBeCloseTo(black(17.1), 10);
  });

  it('every share an adjusted contract delivers moves by its own multiple, and its cash not at all', () => {
    const [aaa, fund] = [share('AAA', '50'), share('FFF', '200', { leverage: 2 })];
    const deliverable = {
      components: [
        { symbol: 'AAA', shares: 60 },
        { symbol: 'FFF', shares: 10 },
      ],
      cash: 1_000,
    };
    // Worth its intrinsic value at any hour of its last day after the close.
    const expired = option('XYZ1', '2026-08-21', 'CALL', 40, { adjusted: true, deliverable });
    const market = marketOf([expired, aaa, fund], { asOf: '2026-08-21T20:00:00.000Z' });
    const { values, theoretical, underlying } = answered(riskArray(expired, market, grid));
    expect(underlying.classGroup).toBe('AAA+FFF');
    // 0.6 × 50 + 0.1 × 200 + 10 is 60 a unit.
    expect(theoretical).toBeCloseTo(20, 12);
    expect(rounded(values)).toEqual([0, 13, 20, 20, 27, 27]);
  });

  it('cash dividends stay what they are in money while the share moves', () => {
    const dividends = [{ exDate: '2026-09-01', amount: 5 }];
    const european = option('XYZ', SEPTEMBER, 'CALL', 90, { exercise: 'EUROPEAN' });
    const { values } = arrayOf(european, share('XYZ', '100', { dividends }));
    const net = (spot: number) => spot - 5 * Math.exp((-0.04 * 11) / 365);
    const value = (spot: number) => blackScholes(true, net(spot), 90 * discount, 0.25 * Math.sqrt(28 / 365));
    expect(values[1]).toBeCloseTo(value(90), 10);
    expect(values[4]).toBeCloseTo(value(110), 10);
  });
});

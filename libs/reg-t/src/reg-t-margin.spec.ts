import { givenMarket, NO_FACTS, type Option, PLAIN_OPTION, type Underlying } from '@app/market';
import { regTRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import type { ProgramSolver } from './integer-program.js';
import { isRegTGaps } from './reg-t-gap.js';
import { monthsAfter, type RegTContext } from './reg-t-holding.js';
import { regTMargin } from './reg-t-margin.js';

const unused: ProgramSolver = {
  solve: () => {
    throw new Error('not needed');
  },
};
const stock = (symbol: string, changes: Partial<Underlying> = {}): Underlying => ({
  kind: 'UNDERLYING',
  symbol,
  type: 'EQUITY',
  price: new Decimal(100),
  priceDate: null,
  productClass: 'EQUITY',
  classGroup: symbol,
  productGroup: null,
  leverage: 1,
  dividendYield: 0,
  dividends: [],
  ...NO_FACTS,
  ...changes,
});
const call = (root: string, changes: Partial<Option> = {}): Option => ({
  kind: 'OPTION',
  symbol: `${root.padEnd(6)}260918C00110000`,
  underlying: root,
  right: 'CALL',
  expiry: '2026-09-18',
  strike: 110,
  exercise: 'AMERICAN',
  multiplier: new Decimal(100),
  ...PLAIN_OPTION,
  price: new Decimal(2),
  impliedVolatility: null,
  volatilitySource: null,
  flags: [],
  ...changes,
});
const market = givenMarket({
  asOf: '2026-08-21T18:00:00.000Z',
  rates: [{ days: 30, rate: 0.04 }],
  underlyings: [
    stock('AAA'),
    stock('OLD', { priceDate: '2026-08-20' }),
    stock('NONE', { price: null }),
    stock('SPX', { type: 'INDEX' }),
    stock('VIX', { type: 'INDEX', productClass: 'BROAD_INDEX' }),
  ],
  options: [
    call('AAA'),
    call('OLD'),
    call('LOST'),
    call('VIX', { exercise: 'EUROPEAN' }),
    call('SPX', { price: null, exercise: 'EUROPEAN' }),
    call('NONE', { adjusted: true }),
    call('ESU6', { symbol: 'ESU6C110', form: 'ON_FUTURE' }),
    call('AAA', { symbol: 'AAA.WS', form: 'WARRANT' }),
    call('AAA1', {
      ...{ underlying: 'AAA', adjusted: true },
      deliverable: { components: [{ symbol: 'AAA', shares: 25 }], cash: 8_500 },
    }),
    call('BARE', { underlying: 'AAA', price: null }),
  ],
  futures: [
    {
      kind: 'FUTURE',
      symbol: 'ESU6',
      underlying: 'SPX',
      price: new Decimal(100),
      expiry: '2026-09-18',
      multiplier: new Decimal(50),
    },
  ],
});
const context: RegTContext = {
  market,
  rules: regTRules(market.valuationDate)!,
  solver: unused,
  secondsPerPairing: 1,
  nonMargin: new Set(['AAA']),
};
const margin = (...positions: [string, number][]) =>
  regTMargin(
    { cash: new Decimal(5000), positions: positions.map(([symbol, n]) => ({ symbol, quantity: new Decimal(n) })) },
    context,
  );
const symbolOf = (root: string): string => `${root.padEnd(6)}260918C00110000`;

describe('an account that cannot be margined', () => {
  it.each([
    ['ZZZ', 'symbol.unknown'],
    ['ESU6', 'future.not_in_margin_account'],
    ['ESU6C110', 'future.not_in_margin_account'],
    ['SPX', 'index.not_tradable'],
    ['OLD', 'price.stale'],
    ['NONE', 'price.missing'],
    [symbolOf('LOST'), 'underlying.unknown'],
    [symbolOf('BARE'), 'volatility.missing'],
    [symbolOf('NONE'), 'price.missing', 'deliverable.unknown'],
  ])('by %s says %s', (symbol, ...codes) => {
    const result = margin([symbol, 1]);
    expect(isRegTGaps(result) && result.map(({ code }) => code)).toEqual(codes);
  });

  it('names everything that is missing, and amounts that are not exact', () => {
    const result = margin(['ZZZ', 1], ['ESU6', 1], ['ZZZ', 2]);
    expect(isRegTGaps(result) && result.map(({ symbol }) => symbol)).toEqual(['ZZZ', 'ESU6']);
    const large = margin(['AAA', 1e18]);
    expect(isRegTGaps(large) && large.map(({ code }) => code)).toEqual(['amount.too_large']);
  });
});

describe('an account', () => {
  it('counts cash and stock, and options not at all', () => {
    const result = margin(['AAA', 10], [symbolOf('AAA'), 1]);
    if (isRegTGaps(result)) throw new Error('gaps');
    expect(result.equity).toBe(600_000);
    // A stock without loan value: all of it.
    expect([result.initial, result.maintenance, result.excess]).toEqual([100_000, 100_000, 500_000]);
  });

  it('asks the rates of equity for options on a volatility index, whatever its class', () => {
    const result = margin([symbolOf('VIX'), -1]);
    if (isRegTGaps(result)) throw new Error('gaps');
    expect(result.maintenance).toBe(100 * (200 + Math.max(2000 - 1000, 1000)));
  });
});

describe('months after a date', () => {
  it.each([
    ['2026-08-21', 9, '2027-05-21'],
    ['2026-05-31', 9, '2027-02-28'],
    ['2027-05-31', 9, '2028-02-29'],
  ])('%s and %i are %s', (date, months, expected) => {
    expect(monthsAfter(date, months)).toBe(expected);
  });

  it('asks as much for a warrant as for an option', () => {
    const [warrant, option] = [margin(['AAA.WS', -1]), margin([symbolOf('AAA'), -1])];
    if (isRegTGaps(warrant) || isRegTGaps(option)) throw new Error('gaps');
    expect(warrant.maintenance).toBe(option.maintenance);
  });

  it('judges an adjusted contract by what it delivers', () => {
    const result = margin([symbolOf('AAA1'), -1]);
    if (isRegTGaps(result)) throw new Error(JSON.stringify(result));
    const price = Number(stock('AAA').price);
    const unit = 0.25 * price + 85;
    const naked = Math.max(0.2 * unit - Math.max(0, 110 - unit), 0.1 * unit);
    expect(result.maintenance).toBeCloseTo(100 * (100 * Number(call('AAA1').price) + 100 * naked), 6);
  });
});

import type { Instrument, Option } from '@app/market';
import type { HouseRule } from '@app/rules';
import { Decimal } from 'decimal.js';
import {
  AS_OF,
  contextOf,
  future,
  houseRule,
  indexed,
  marketOf,
  option,
  orderOf,
  positionsOf,
  SEPTEMBER,
  share,
} from '../../../test/support/sample-market.js';
import { distinctGaps } from '@app/market';
import { isGaps, type MarginGapCode, marginGap } from './gap.js';
import { whatIf } from './what-if.js';

const stock = share('XYZ', '100');
const spx = indexed('SPX', '5000', { type: 'INDEX' });
const call = (changes: Partial<Option> = {}): Option => option('XYZ', SEPTEMBER, 'CALL', 100, changes);
const CALL = call().symbol;
const VIX_CALL = option('VIX', SEPTEMBER, 'CALL', 20, { exercise: 'EUROPEAN' });
const yesterday = option('XYZ', '2026-08-20', 'CALL', 100);

interface Case {
  readonly instruments: readonly Instrument[];
  readonly hold: readonly (readonly [string, number | string])[];
  /** Null: the account as a whole. */
  readonly symbol: string | null;
  readonly rates?: readonly [];
  readonly strict?: boolean;
  readonly rules?: readonly HouseRule[];
}

/** The type makes this list complete: a code without a case does not compile. */
const CASES: Readonly<Record<Exclude<MarginGapCode, 'order.net_price_ambiguous'>, Case>> = {
  'symbol.unknown': { instruments: [stock], hold: [['ABC', 1]], symbol: 'ABC' },
  'price.missing': { instruments: [share('XYZ', '1', { price: null })], hold: [['XYZ', 1]], symbol: 'XYZ' },
  'price.stale': { instruments: [share('XYZ', '1', { priceDate: '2026-08-20' })], hold: [['XYZ', 1]], symbol: 'XYZ' },
  'volatility.missing': {
    // More than the share itself: no volatility makes a call worth that.
    instruments: [stock, call({ impliedVolatility: null, price: new Decimal(150) })],
    hold: [[CALL, 1]],
    symbol: CALL,
  },
  'volatility.fallback': {
    instruments: [stock, option('XYZ', SEPTEMBER, 'CALL', 80, { impliedVolatility: null, price: new Decimal(10) })],
    hold: [[option('XYZ', SEPTEMBER, 'CALL', 80).symbol, 1]],
    symbol: option('XYZ', SEPTEMBER, 'CALL', 80).symbol,
    strict: true,
  },
  'option.expired': { instruments: [stock, yesterday], hold: [[yesterday.symbol, 1]], symbol: yesterday.symbol },
  'deliverable.unknown': { instruments: [stock, call({ adjusted: true })], hold: [[CALL, 1]], symbol: CALL },
  'forward.missing': {
    instruments: [indexed('VIX', '15', { type: 'INDEX', classGroup: 'VIX' }), VIX_CALL],
    hold: [[VIX_CALL.symbol, 1]],
    symbol: VIX_CALL.symbol,
  },
  'rates.missing': { instruments: [stock, call()], hold: [[CALL, 1]], symbol: CALL, rates: [] },
  'future.expired': {
    instruments: [spx, future('ESM6', 'SPX', '5000', { expiry: '2026-06-19' })],
    hold: [['ESM6', 1]],
    symbol: 'ESM6',
  },
  'underlying.unknown': { instruments: [call()], hold: [[CALL, 1]], symbol: CALL },
  'index.not_tradable': { instruments: [spx], hold: [['SPX', 1]], symbol: 'SPX' },
  'class_group.inconsistent': {
    instruments: [
      share('A', '1', { classGroup: 'G' }),
      share('B', '1', { classGroup: 'G', productClass: 'BROAD_INDEX' }),
    ],
    hold: [
      ['A', 1],
      ['B', 1],
    ],
    symbol: 'B',
  },
  'value.not_computable': {
    // A future of the most there can be, moved up by a fund's leverage beyond the largest double.
    instruments: [share('F', '1', { leverage: 10 }), future('X', 'F', '1.7e308')],
    hold: [['X', 1]],
    symbol: 'X',
  },
  'strategy.rate_unknown': { instruments: [share('XYZ', '99', { type: 'BOND' })], hold: [['XYZ', 1]], symbol: 'XYZ' },
  'fact.beta': {
    ...{ instruments: [stock], hold: [['XYZ', 1]], symbol: 'XYZ' },
    rules: [houseRule('stressLimit.betaWeighted', { priceMove: -0.2, volMove: 0, equityMultiple: 2 })],
  },
  'fact.market_cap': {
    ...{ instruments: [stock], hold: [['XYZ', 1]], symbol: 'XYZ' },
    rules: [houseRule('concentration.marketCapDrop', 5e8)],
  },
  'fact.earnings_date': {
    ...{ instruments: [stock], hold: [['XYZ', 1]], symbol: 'XYZ' },
    rules: [houseRule('earnings', { multiplier: 1.5, daysBefore: 3, daysAfter: 1 })],
  },
  'fact.shares_outstanding': {
    ...{ instruments: [stock], hold: [['XYZ', 1]], symbol: 'XYZ' },
    rules: [houseRule('concentration.sharesOutstanding', { fraction: 0.01, multiplier: 2 })],
  },
  'fact.average_daily_volume': {
    ...{ instruments: [stock], hold: [['XYZ', 1]], symbol: 'XYZ' },
    rules: [houseRule('concentration.daysVolume', { days: 1, multiplier: 2 })],
  },
  'amount.too_large': { instruments: [stock], hold: [['XYZ', '999999999999999']], symbol: 'XYZ' },
};

describe('every gap', () => {
  it.each(Object.entries(CASES))('%s', (code, { instruments, hold, symbol, rates, strict, rules }) => {
    const market = marketOf(instruments, rates === undefined ? {} : { asOf: AS_OF, rates });
    const context = contextOf(market, rules, strict);
    const held = whatIf({ cash: new Decimal(0), positions: positionsOf(...hold) }, [], context);
    const expected = expect.objectContaining({ code, symbol });
    expect(isGaps(held) && held).toContainEqual(expected);
    // The same through an order for it, beside nothing held.
    const orders = hold.map(([name, quantity]) => orderOf('BUY', Number(quantity), name));
    const ordered = whatIf({ cash: new Decimal(0), positions: [] }, orders, context);
    expect(isGaps(ordered) && ordered).toContainEqual(expected);
  });

  it('order.net_price_ambiguous', () => {
    const market = marketOf([stock, call(), future('F', 'XYZ', '100')]);
    const legs = [orderOf('BUY', 1, CALL).legs[0], orderOf('SELL', 1, 'F').legs[0]];
    const order = { clOrdId: '1', orderQty: new Decimal(1), price: new Decimal(1), legs };
    const result = whatIf({ cash: new Decimal(0), positions: [] }, [order], contextOf(market));
    expect(isGaps(result) && result.map(({ code }) => code)).toEqual(['order.net_price_ambiguous']);
  });

  it('of the whole account: equity too large', () => {
    const result = whatIf({ cash: new Decimal('99999999999999999'), positions: [] }, [], contextOf(marketOf([stock])));
    expect(isGaps(result) && result.map(({ code, symbol }) => ({ code, symbol }))).toEqual([
      { code: 'amount.too_large', symbol: null },
    ]);
  });

  it('is told at once, positions and orders together, each once', () => {
    const held = positionsOf(['A', 1], ['B', 1], ['A', 2], ['XYZ', 1]);
    const orders = [orderOf('BUY', 1, 'C'), orderOf('SELL', 1, 'A'), orderOf('SELL', 1, 'D')];
    const result = whatIf({ cash: new Decimal(0), positions: held }, orders, contextOf(marketOf([stock])));
    expect(isGaps(result) && result.map(({ symbol }) => symbol)).toEqual(['A', 'B', 'C', 'D']);
  });

  it('of an option is told with those of its underlying', () => {
    const market = marketOf([share('XYZ', '1', { price: null }), call({ adjusted: true })], { rates: [] });
    const result = whatIf({ cash: new Decimal(0), positions: positionsOf([CALL, 1]) }, [], contextOf(market));
    expect(isGaps(result) && result.map(({ code, symbol }) => `${code} ${symbol}`)).toEqual([
      'price.missing XYZ',
      `deliverable.unknown ${CALL}`,
      `rates.missing ${CALL}`,
    ]);
  });
});

it('a gap twice is told once', () => {
  const gap = marginGap('index.not_tradable', 'SPX');
  expect(distinctGaps([gap, marginGap('index.not_tradable', 'RUT'), { ...gap }])).toHaveLength(2);
});

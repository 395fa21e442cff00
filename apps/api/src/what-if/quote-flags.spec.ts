import { accountMargin, heldIn, inSymbolOrder } from '@app/margin';
import type { Option, QuoteFlag, VolatilitySource } from '@app/market';
import { Decimal } from 'decimal.js';
import {
  answered,
  contextOf,
  marketOf,
  option,
  positionsOf,
  SEPTEMBER,
  share,
} from '../../../../test/support/sample-market.js';
import { quoteFlags } from './quote-flags.js';

const SYMBOL = option('XYZ', SEPTEMBER, 'CALL', 100).symbol;

/** The flags of an answer in which this option is held. */
function codes(changes: Partial<Option>): string[] {
  const market = marketOf([share('XYZ', '100'), option('XYZ', SEPTEMBER, 'CALL', 100, changes)]);
  const positions = positionsOf([SYMBOL, 1], ['XYZ', 10]);
  const { classGroups } = answered(accountMargin({ cash: new Decimal(0), positions }, contextOf(market)));
  const flags = quoteFlags([...classGroups.values()].flatMap(heldIn));
  expect(flags.every(({ symbol, detail }) => symbol === SYMBOL && detail.length > 10)).toBe(true);
  return flags.map(({ code }) => code);
}

it.each<[QuoteFlag, string[]]>([
  ['NO_BID', ['quote.no_bid']],
  ['CROSSED', ['quote.crossed']],
  ['BELOW_INTRINSIC', ['quote.below_intrinsic']],
  ['PARITY_BREAK', ['quote.parity_break']],
  // Half the quotes of a chain are wide: to say so each time would hide the others.
  ['WIDE', []],
])('a quote that is %s', (flag, expected) => {
  expect(codes({ flags: [flag] })).toEqual(expected);
});

it.each<[VolatilitySource, string[]]>([
  ['GIVEN', []],
  ['SOLVED', []],
  ['NEIGHBOUR_STRIKE', ['volatility.neighbour_strike']],
  ['PARITY_PARTNER', ['volatility.parity_partner']],
  ['FLOOR', ['volatility.floor']],
])('a volatility that is %s', (volatilitySource, expected) => {
  expect(codes({ volatilitySource })).toEqual(expected);
});

it('a price below the least value is flagged by what stood in for its volatility', () => {
  const fair = { price: new Decimal('2.80'), impliedVolatility: null };
  const stale = option('XYZ', SEPTEMBER, 'CALL', 90, { price: new Decimal(5), impliedVolatility: null });
  const market = marketOf([share('XYZ', '100'), stale, option('XYZ', SEPTEMBER, 'CALL', 100, fair)]);
  const positions = positionsOf([stale.symbol, 1], [SYMBOL, 1]);
  const { classGroups } = answered(accountMargin({ cash: new Decimal(0), positions }, contextOf(market)));
  const flags = quoteFlags([...classGroups.values()].flatMap(heldIn));
  expect(flags.map(({ symbol, code }) => `${symbol} ${code}`)).toEqual([`${stale.symbol} volatility.neighbour_strike`]);
});

it('an option with several doubts has them all, and one held before and after has them once', () => {
  const doubtful = option('XYZ', SEPTEMBER, 'CALL', 100, {
    flags: ['NO_BID', 'PARITY_BREAK'],
    volatilitySource: 'FLOOR',
  });
  const market = marketOf([share('XYZ', '100'), doubtful]);
  const positions = positionsOf([SYMBOL, 1]);
  const { classGroups } = answered(accountMargin({ cash: new Decimal(0), positions }, contextOf(market)));
  const holdings = [...classGroups.values()].flatMap(heldIn);
  expect(quoteFlags([...holdings, ...holdings]).map(({ code }) => code)).toEqual([
    'quote.no_bid',
    'quote.parity_break',
    'volatility.floor',
  ]);
});

it.each([
  ['PARITY_IMPLIED', 7, ['XYZ forward.parity_implied']],
  ['GIVEN', 0, []],
] as const)('tells of a forward that is %s', (source, pairs, expected) => {
  const forwards = [{ expiry: SEPTEMBER, root: '', forward: 100.5, rate: null, source, pairs }];
  const put = option('XYZ', SEPTEMBER, 'PUT', 100);
  const market = marketOf([share('XYZ', '100', { forwards }), option('XYZ', SEPTEMBER, 'CALL', 100), put]);
  const positions = positionsOf([SYMBOL, 1], [put.symbol, 1]);
  const { classGroups } = answered(accountMargin({ cash: new Decimal(0), positions }, contextOf(market)));
  const flags = quoteFlags([...classGroups.values()].flatMap(({ doubtful }) => inSymbolOrder(doubtful)));
  // One for the expiry, however many options of it are held.
  expect(flags.map(({ symbol, code }) => `${symbol} ${code}`)).toEqual(expected);
  expect(flags.every(({ detail }) => detail.includes(`${pairs} pairs`))).toBe(true);
});

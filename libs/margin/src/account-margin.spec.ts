import { Decimal } from 'decimal.js';
import {
  answered,
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
import { accountMargin, type AccountMargin, accountMarginAfter } from './account-margin.js';
import { heldIn, inSymbolOrder } from './class-group-after.js';
import { isGaps } from './gap.js';
import { whatIf } from './what-if.js';

const call = option('XYZ', SEPTEMBER, 'CALL', 100);
const put = option('SPX', SEPTEMBER, 'PUT', 4900, { exercise: 'EUROPEAN' });
const market = marketOf([
  share('XYZ', '100'),
  share('ABC', '50'),
  indexed('SPX', '5000', { type: 'INDEX' }),
  indexed('SPY', '500'),
  future('ESU6', 'SPX', '5010'),
  call,
  put,
]);
const context = contextOf(market);
const cash = new Decimal('10000.50');
const margined = (positions: ReturnType<typeof positionsOf>, at = context): AccountMargin =>
  answered(accountMargin({ cash, positions }, at));

/** Everything of a margin, in an order of its own. */
const all = (margin: AccountMargin) => ({
  ...margin,
  classGroups: [...margin.classGroups.values()]
    .sort((a, b) => (a.classGroup < b.classGroup ? -1 : 1))
    .map((group) => ({ ...group, holdings: heldIn(group), doubtful: inSymbolOrder(group.doubtful) })),
});

describe('an account', () => {
  it('owes the sum of its class groups, and is worth its cash and marks', () => {
    const margin = margined(positionsOf(['XYZ', 100], ['ABC', -100], ['SPY', 10], ['ESU6', 1]));
    // 15 % of 10,000; 15 % of 5,000; 8 % of 5,000 and of 250,500.
    expect(margin.requirement).toBe(150_000 + 75_000 + 40_000 + 2_004_000);
    expect(margin.equity).toBe(1_000_050 + 1_000_000 - 500_000 + 500_000);
    expect([...margin.classGroups.keys()].sort()).toEqual(['ABC', 'SPX', 'XYZ']);
  });

  it('without positions owes nothing', () => {
    const margin = margined([]);
    expect(margin).toMatchObject({ requirement: 0, regulatoryRequirement: 0, equity: 1_000_050 });
    expect(margin.classGroups.size).toBe(0);
  });

  it('values options at their mark', () => {
    const margin = margined(positionsOf([call.symbol, -2]));
    const { mark } = margin.classGroups.get('XYZ')!.holdings.get(call.symbol)!;
    expect(margin.marketValue.toFixed()).toBe(mark.price.times(-200).toFixed());
    expect(margin.equity).toBe(cash.plus(margin.marketValue).times(100).floor().toNumber());
  });
});

describe('after trades', () => {
  const before = margined(positionsOf(['XYZ', 100], [call.symbol, -1], ['ABC', 30]));

  it.each([
    ['of what is held', positionsOf(['XYZ', -40], [call.symbol, 3])],
    ['of something new in a class group', positionsOf(['SPY', 10], [put.symbol, 5], ['ESU6', -1])],
    ['that close a class group', positionsOf(['ABC', -30])],
    ['that turn a position over', positionsOf(['ABC', -70], ['XYZ', -200])],
    ['of one symbol in pieces', positionsOf(['XYZ', 10], ['XYZ', -3], ['XYZ', 5])],
    ['that close everything', positionsOf(['XYZ', -100], [call.symbol, 1], ['ABC', -30])],
    ['of nothing', positionsOf()],
  ])('%s the margin is that of the resulting portfolio, bit for bit', (_, trades) => {
    const change = new Decimal('-12.34');
    const after = answered(accountMarginAfter(before, trades, change, context));
    const resulting = [...before.classGroups.values()].flatMap(heldIn).map(({ position }) => position);
    const fresh = answered(
      accountMargin({ cash: cash.plus(change), positions: [...resulting, ...trades] }, contextOf(market)),
    );
    expect(all(after)).toEqual(all(fresh));
  });

  it('a class group that they close is gone', () => {
    const after = answered(accountMarginAfter(before, positionsOf(['ABC', -30]), new Decimal(0), context));
    expect([...after.classGroups.keys()]).toEqual(['XYZ']);
  });

  it('a class group that they do not touch is the same object', () => {
    const after = answered(accountMarginAfter(before, positionsOf(['ABC', 1]), new Decimal(0), context));
    expect(after.classGroups.get('XYZ')).toBe(before.classGroups.get('XYZ'));
    expect(after.classGroups.get('ABC')).not.toBe(before.classGroups.get('ABC'));
  });

  it('the margin before is not changed', () => {
    const copy = all(margined(positionsOf(['XYZ', 100], [call.symbol, -1], ['ABC', 30])));
    accountMarginAfter(before, positionsOf(['ABC', -30], ['XYZ', 5]), new Decimal(7), context);
    expect(all(before)).toEqual(copy);
  });
});

describe('house rules', () => {
  it('stand beside the rule book, which stays as it is', () => {
    const strict = contextOf(market, [houseRule('priceMove.down', -0.25, { classGroup: 'XYZ' })]);
    const margin = margined(positionsOf(['XYZ', 100], ['ABC', 100]), strict);
    expect(margin).toMatchObject({ requirement: 250_000 + 75_000, regulatoryRequirement: 150_000 + 75_000 });
    const xyz = margin.classGroups.get('XYZ')!;
    expect(xyz.inForce.worst).toBe(0);
    expect(xyz.inForce.grid.points[0].priceMove).toBe(-0.25);
  });

  it('that do not bind a class group leave it with one margin', () => {
    const strict = contextOf(market, [houseRule('priceMove.down', -0.25, { classGroup: 'XYZ' })]);
    const abc = margined(positionsOf(['ABC', 100]), strict).classGroups.get('ABC')!;
    expect(abc.inForce).toBe(abc.regulatory);
  });

  it('of a higher minimum leave the points as they are', () => {
    const strict = contextOf(market, [houseRule('minimumCharge', 50)]);
    const xyz = margined(positionsOf([call.symbol, -1]), strict).classGroups.get('XYZ')!;
    expect(xyz.inForce).toMatchObject({ minimumCharge: 5000, requirement: 500_000 });
    expect(xyz.regulatory.minimumCharge).toBe(37.5);
    expect(xyz.inForce.grid).toEqual(xyz.regulatory.grid);
  });
});

it('every class group with too large an amount is named, and the account where its equity is', () => {
  const huge = positionsOf(['XYZ', '1e16'], ['ABC', '-1e16'], ['SPY', 1]);
  const result = accountMargin({ cash, positions: huge }, context);
  expect(isGaps(result) && result.map(({ symbol }) => symbol)).toEqual(['XYZ', 'ABC', null]);
});

describe('a what-if', () => {
  const portfolio = { cash, positions: positionsOf(['XYZ', 100], ['ABC', 30]) };
  const orders = [orderOf('SELL', 40, 'XYZ', '99.50'), orderOf('BUY', 2, call.symbol)];

  it('may be handed what is before', () => {
    const before = answered(accountMargin(portfolio, context));
    const given = answered(whatIf(portfolio, orders, context, before));
    expect(given).toEqual(answered(whatIf(portfolio, orders, context)));
    expect(given.before).toBe(before);
  });

  it('trades at its price: equity changes by how far that is from the mark', () => {
    const { before, after } = answered(whatIf(portfolio, orders, context));
    expect(after.equity - before.equity).toBe(-2_000);
  });

  it('of an order that opens and closes a class group leaves nothing', () => {
    const both = [orderOf('BUY', 10, 'SPY'), orderOf('SELL', 10, 'SPY')];
    const { before, after } = answered(whatIf(portfolio, both, context));
    expect(all(after)).toEqual(all(before));
  });
});

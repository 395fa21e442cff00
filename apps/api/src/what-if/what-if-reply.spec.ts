import { accountMargin } from '@app/margin';
import type { Order, Position } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { portfolioJudged } from '../../../../test/support/inline-answer.js';
import {
  answered,
  contextOf,
  houseRule,
  indexed,
  marketOf,
  option,
  orderOf,
  positionsOf,
  SEPTEMBER,
  share,
} from '../../../../test/support/sample-market.js';
import { moneyChange, type MoneyChangeDto } from './money-change.js';
import { DEFAULT_INCLUDE, INCLUDES, type Include } from './asked-parts.js';
import { whatIfReply } from './what-if-reply.js';

const call = option('XYZ', SEPTEMBER, 'CALL', 100);
const market = marketOf([share('XYZ', '100'), share('ABC', '50'), share('NEW', '20'), indexed('SPY', '500'), call]);
const context = contextOf(market, [houseRule('priceMove.down', -0.3, { classGroup: 'ABC', ruleId: 'abc' })]);
const provenance = {
  snapshotId: null,
  asOf: market.asOf,
  ruleSetVersion: context.rules.version,
  positionsVersion: null,
  engineVersion: 'x',
};
const cash = new Decimal('10000');
const held = positionsOf(['XYZ', 100], ['ABC', 30], [call.symbol, -3]);
const orders = [
  orderOf('SELL', 30, 'ABC', '49.99'),
  orderOf('BUY', 7, 'NEW', '20.01'),
  orderOf('BUY', 1, call.symbol),
  orderOf('SELL', 3, 'SPY'),
];

const replyOf = (given: readonly Order[], include: readonly Include[], positions: readonly Position[] = held) =>
  whatIfReply(portfolioJudged({ cash, positions }, given, context), include, provenance);

/** Every before, after and change of a reply, wherever it stands. */
function triples(value: unknown): MoneyChangeDto[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'change' in value ? [value as MoneyChangeDto] : [];
  return [...own, ...Object.values(value).flatMap(triples)];
}
const sum = (amounts: readonly string[]): string =>
  amounts.reduce((total, amount) => total.plus(amount), new Decimal(0)).toFixed(2);

describe('a reply', () => {
  const reply = replyOf(orders, INCLUDES);

  it('has a line for every class group and symbol before or after, in order', () => {
    expect(reply.classGroups!.map(({ classGroup }) => classGroup)).toEqual(['ABC', 'NEW', 'SPX', 'XYZ']);
    expect(reply.positions!.map(({ symbol }) => symbol)).toEqual(['ABC', 'NEW', 'SPY', 'XYZ', call.symbol]);
  });

  it('says after less before in every change, to the cent', () => {
    const all = triples(reply);
    expect(all.length).toBeGreaterThan(30);
    for (const { before, after, change } of all) {
      expect(new Decimal(after).minus(before).equals(change)).toBe(true);
    }
  });

  it.each(['before', 'after', 'change'] as const)("is the sum of its class groups' requirements: %s", (moment) => {
    const groups = reply.classGroups!;
    expect(sum(groups.map(({ requirement }) => requirement[moment]))).toBe(reply.requirement[moment]);
    expect(sum(groups.map(({ regulatoryRequirement }) => regulatoryRequirement[moment]))).toBe(
      reply.regulatory!.requirement[moment],
    );
  });

  it('has an excess of equity less requirement', () => {
    for (const moment of ['before', 'after'] as const) {
      const excess = new Decimal(reply.equity[moment]).minus(reply.requirement[moment]);
      expect(excess.toFixed(2)).toBe(reply.excess[moment]);
      const regulatory = new Decimal(reply.equity[moment]).minus(reply.regulatory!.requirement[moment]);
      expect(regulatory.toFixed(2)).toBe(reply.regulatory!.excess[moment]);
    }
  });

  it('has no worst point where nothing is held, and all zeros there', () => {
    const [abc, added] = reply.classGroups!;
    expect(abc.worst).toEqual({ before: { priceMove: -0.3, volMove: 0 }, after: null });
    expect(added.worst.before).toBeNull();
    expect(abc.scenarios!.after).toEqual(abc.scenarios!.points.map(() => '0.00'));
    expect(abc.scenarios!.before).toHaveLength(abc.scenarios!.points.length);
    expect(added.requirement.before).toBe('0.00');
  });

  it('says who set each number of each class group', () => {
    expect(reply.rules[0]).toEqual({
      classGroups: ['ABC'],
      parameter: 'priceMove.down',
      value: -0.3,
      source: 'house',
      ruleId: 'abc',
      citation: null,
      lost: [],
    });
    const named = reply.rules.flatMap(({ classGroups, parameter }) =>
      classGroups.map((group) => `${group} ${parameter}`),
    );
    const groups = reply.classGroups!.map(({ classGroup }) => classGroup);
    const parameters = ['priceMove.down', 'priceMove.up', 'minimumCharge', 'minimumCharge.longsCapped'];
    const each = groups.flatMap((group) => parameters.map((parameter) => `${group} ${parameter}`));
    expect(named.sort()).toEqual(each.sort());
    expect(reply.rules.filter(({ source }) => source === 'house')).toHaveLength(1);
  });

  it('values positions at their marks, closed ones too', () => {
    const [abc] = reply.positions!;
    expect(abc).toMatchObject({
      quantity: { before: '30', after: '0', change: '-30' },
      mark: '50',
      marketValue: { before: '1500.00', after: '0.00', change: '-1500.00' },
      impliedVolatility: null,
    });
    expect(reply.positions!.at(-1)!.impliedVolatility).toBe(0.25);
  });
});

describe('the parts of a reply', () => {
  it.each<[Include, string[]]>([
    ['classGroups', ['classGroups']],
    ['scenarios', ['classGroups']],
    ['positions', ['positions']],
    ['regulatory', ['regulatory']],
    ['regT', []],
  ])('%s', (include, expected) => {
    const reply = replyOf(orders, [include]);
    const parts = ['classGroups', 'positions', 'regulatory', 'regT'] as const;
    expect(parts.filter((part) => reply[part] !== undefined)).toEqual(expected);
    expect(reply.classGroups?.every((group) => 'scenarios' in group)).toBe(
      reply.classGroups && include === 'scenarios',
    );
  });

  it('by default are class groups and regulatory', () => {
    expect(DEFAULT_INCLUDE).toEqual(['classGroups', 'regulatory']);
  });

  it('do not change what is decided', () => {
    const { decision, reasons, requirement, equity } = replyOf(orders, []);
    expect(replyOf(orders, INCLUDES)).toMatchObject({ decision, reasons, requirement, equity });
  });
});

it('no orders change nothing', () => {
  const reply = replyOf([], INCLUDES);
  expect(triples(reply).every(({ before, after, change }) => before === after && Number(change) === 0)).toBe(true);
  expect(reply.riskReducing).toBe(false);
});

it('no positions and no orders are an answer', () => {
  const reply = replyOf([], INCLUDES, []);
  expect(reply).toMatchObject({
    decision: 'ACCEPT',
    requirement: { before: '0.00', after: '0.00', change: '0.00' },
    classGroups: [],
    positions: [],
    rules: [],
    flags: [],
  });
});

it('a shortfall is money, with its reason', () => {
  const { reasons, decision, excess } = replyOf([orderOf('BUY', 10_000, 'XYZ')], []);
  expect(decision).toBe('REJECT');
  expect(reasons).toEqual([
    expect.objectContaining({ code: 'limit.excess_exceeded', shortfall: excess.after.replace('-', '') }),
  ]);
});

it('values of positions that cancel are exact, beyond what whole cents can say', () => {
  const huge = positionsOf(['ABC', '1234567890123.9'], ['FUND', '-1234567890123.9']);
  const same = contextOf(marketOf([share('ABC', '50'), share('FUND', '50', { classGroup: 'ABC' })]));
  const trade = [orderOf('SELL', 1, 'ABC', '50')];
  const result = portfolioJudged({ cash, positions: huge }, trade, same);
  const [abc, fund] = whatIfReply(result, ['positions'], provenance).positions!;
  expect(abc.marketValue).toEqual({
    before: '61728394506195.00',
    after: '61728394506145.00',
    change: '-50.00',
  });
  expect(fund.marketValue.before).toBe('-61728394506195.00');
});

it('money is two decimals and a change its difference', () => {
  expect(moneyChange(-5, 1234)).toEqual({ before: '-0.05', after: '12.34', change: '12.39' });
});

it('class groups stand in the order of their names, whatever was traded first', () => {
  const margin = answered(accountMargin({ cash, positions: positionsOf(['XYZ', 1], ['ABC', 1]) }, context));
  expect(margin.classGroups.size).toBe(2);
  const names = (given: readonly Order[]) =>
    replyOf(given, ['classGroups']).classGroups!.map((group) => group.classGroup);
  expect(names(orders)).toEqual(names(orders.toReversed()));
});

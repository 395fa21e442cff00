import type { Instrument } from '@app/market';
import { orderPositions, type Position, type WorkingOrder } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import {
  answered,
  contextOf,
  houseRule,
  marketOf,
  option,
  orderOf,
  positionsOf,
  SEPTEMBER,
  share,
} from '../../../test/support/sample-market.js';
import { accountMargin, accountMarginAfter } from './account-margin.js';
import { type WorstFill, worstFill } from './worst-fill.js';

const STRIKES = [90, 92, 94, 96, 98, 100, 102, 104, 106, 108];
const INSTRUMENTS: readonly Instrument[] = [
  share('AAA', '100'),
  share('BBB', '50'),
  ...STRIKES.map((strike) => option('AAA', SEPTEMBER, 'CALL', strike)),
];
const market = marketOf(INSTRUMENTS);
const context = contextOf(market);
const CALLS = INSTRUMENTS.slice(2).map(({ symbol }) => symbol);

const alone = (order: WorkingOrder['order']): WorkingOrder => ({ order, after: null, oneOf: null });
const found = (positions: readonly Position[], orders: readonly WorkingOrder[], cash = '100000'): WorstFill =>
  answered(worstFill(answered(accountMargin({ cash: new Decimal(cash), positions }, context)), orders, context));

describe('working orders', () => {
  it('on both sides of one share do not net: the side that hurts fills alone', () => {
    const buy = alone(orderOf('BUY', 1_000, 'AAA'));
    const sell = alone(orderOf('SELL', 800, 'AAA'));
    const { nothing, everything, worst, proof } = found([], [buy, sell]);
    expect(nothing).toEqual({ filled: [], requirement: 0, equity: 10_000_000, excess: 10_000_000 });
    // 15 % of 200 shares at 100.00 if both fill, of 1,000 if only the purchase does.
    expect(everything.requirement).toBe(300_000);
    expect(worst).toEqual({
      filled: [buy.order.clOrdId],
      requirement: 1_500_000,
      equity: 10_000_000,
      excess: 8_500_000,
    });
    expect(proof).toBe('EXACT');
  });

  it('above the mark cost what they pay too much, below it lend nothing', () => {
    const dear = alone(orderOf('BUY', 100, 'AAA', '101'));
    const cheap = alone(orderOf('BUY', 100, 'BBB', '1'));
    const { worst } = found([], [dear, cheap]);
    // 100 shares one dollar above the mark cost 100.00; the 49.00 a share of the other purchase are not counted.
    expect(worst).toEqual({
      filled: [dear.order.clOrdId, cheap.order.clOrdId],
      requirement: 150_000 + 75_000,
      equity: 9_990_000,
      excess: 9_765_000,
    });
  });

  it('that only cost money are in the combination with the least excess, not in the one that requires most', () => {
    const cover = alone(orderOf('BUY', 100, 'AAA', '130'));
    const { worst, mostRequired, nothing } = found(positionsOf(['AAA', -100]), [cover]);
    expect(worst.filled).toEqual([cover.order.clOrdId]);
    expect(worst.excess).toBe(nothing.equity - 300_000);
    expect(mostRequired).toEqual(nothing);
  });

  it('of which one fills at most count once, the worst of them', () => {
    const [one, other] = [orderOf('BUY', 300, 'AAA'), orderOf('BUY', 500, 'BBB')].map((order) => ({
      ...{ order, after: null, oneOf: 'pair' },
    }));
    const { worst, everything, proof } = found([], [one, other]);
    expect(worst.filled).toEqual([one.order.clOrdId]);
    expect(worst.requirement).toBe(450_000);
    expect(everything.requirement).toBe(450_000 + 375_000);
    expect(proof).toBe('EXACT');
  });

  it('of more than a hundred are bounded by what they hold', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      (['BUY', 'SELL'] as const).map((side) => alone({ ...orderOf(side, 10, 'AAA'), clOrdId: `${side} ${i}` })),
    ).flat();
    const { proof, everything, nothing, greatestRequirement, leastExcess } = found([], many);
    expect([proof, nothing.requirement, everything.requirement]).toEqual(['BOUND', 0, 0]);
    // 15 % of 600 shares, bought or sold.
    expect([greatestRequirement, leastExcess]).toEqual([900_000, 10_000_000 - 900_000]);
  });

  it('that wait for another do not fill without it', () => {
    const entry = alone(orderOf('BUY', 100, 'AAA'));
    const exit = { order: orderOf('SELL', 400, 'AAA'), after: entry.order.clOrdId, oneOf: null };
    // 300 shares short after both.
    expect(found([], [entry, exit]).worst).toMatchObject({
      filled: [entry.order.clOrdId, exit.order.clOrdId],
      requirement: 450_000,
    });
    // Of an entry that is not working any more, the exit stands for itself.
    expect(found([], [exit]).worst.requirement).toBe(600_000);
  });

  it('that wait for each other are bounded as if they stood for themselves', () => {
    const orders = [orderOf('BUY', 100, 'AAA'), orderOf('BUY', 100, 'BBB')];
    const circle = orders.map((order, i) => ({ order, after: orders[1 - i].clOrdId, oneOf: null }));
    const { proof, worst, greatestRequirement, leastExcess } = found([], circle);
    expect(proof).toBe('BOUND');
    expect(worst.requirement).toBe(225_000);
    expect(greatestRequirement).toBeGreaterThanOrEqual(225_000);
    expect(leastExcess).toBeLessThanOrEqual(10_000_000 - 225_000);
  });

  it('that may turn many positions round are bounded where the minimum charge decides', () => {
    // Neighbouring strikes, long and short in turn: little to lose, a minimum for every contract. Of two orders on each
    // strike one turns the position round, the other one farther; one of them fills at most.
    const calls = CALLS.slice(0, 7);
    const held = positionsOf(...calls.map((symbol, i) => [symbol, i % 2 === 0 ? 30 : -30] as const));
    const orders = calls.flatMap((symbol, i) =>
      [40, 55].map((units) => ({
        order: orderOf(i % 2 === 0 ? 'SELL' : 'BUY', units, symbol),
        after: null,
        oneOf: symbol,
      })),
    );
    const house = contextOf(market, [houseRule('minimumCharge', 20)]);
    const before = answered(accountMargin({ cash: new Decimal(100_000), positions: held }, house));
    const { proof, worst, greatestRequirement } = answered(worstFill(before, orders, house));
    const choices = calls.reduce<readonly (readonly WorkingOrder[])[]>(
      (sets, symbol) =>
        sets.flatMap((set) => [set, ...orders.filter(({ oneOf }) => oneOf === symbol).map((each) => [...set, each])]),
      [[]],
    );
    const requirements = choices.map((set) => {
      const trades = set.flatMap(({ order }) => orderPositions(order));
      return answered(accountMarginAfter(before, trades, new Decimal(0), house)).requirement;
    });
    const most = Math.max(...requirements);
    expect(proof).toBe('BOUND');
    expect(greatestRequirement).toBeGreaterThan(most);
    // No more than what a line over the bends can add.
    expect(greatestRequirement).toBeLessThan(most * 1.5);
    expect(worst.requirement).toBeLessThanOrEqual(most);
  });

  it('with something missing have no answer, only everything that is missing', () => {
    const before = answered(accountMargin({ cash: new Decimal(0), positions: [] }, context));
    const orders = [alone(orderOf('BUY', 1, 'CCC')), alone(orderOf('BUY', 1, 'DDD'))];
    expect(worstFill(before, orders, context)).toMatchObject([{ symbol: 'CCC' }, { symbol: 'DDD' }]);
  });
});

import { hedge, type HedgeInstrument } from '@app/advice';
import { accountMargin, accountMarginAfter, NOTHING_HELD_BACK } from '@app/margin';
import { loadProgramSolver, type ProgramSolver } from '@app/reg-t';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { answered, contextOf } from '../support/sample-market.js';
import { MARKET, OPTION_SYMBOLS, positionLists } from './margin-books.js';

const LOTS = 3;
const context = contextOf(MARKET);
const CANDIDATES = [...OPTION_SYMBOLS, 'SPY', 'SH', 'AAA', 'BBB', 'ESU6'];

const markOf = (symbol: string) => {
  const held = { cash: new Decimal(0), positions: [{ symbol, quantity: new Decimal(1) }] };
  return [...answered(accountMargin(held, context)).classGroups.values()][0].holdings.get(symbol)!.mark;
};

/** A few instruments, each quoted some cents about its mark; here and there a side is missing. */
const instruments: fc.Arbitrary<HedgeInstrument[]> = fc.uniqueArray(
  fc
    .record({
      symbol: fc.constantFrom(...CANDIDATES),
      spread: fc.integer({ min: 1, max: 200 }),
      sides: fc.constantFrom('both', 'both', 'both', 'bid', 'ask'),
      lot: fc.constantFrom(1, 10, 100),
    })
    .map(({ symbol, spread, sides, lot }) => {
      const { price, instrument } = markOf(symbol);
      const half = new Decimal(spread).dividedBy(200);
      return {
        symbol,
        lot: new Decimal(instrument.kind === 'UNDERLYING' ? lot : 1),
        bid: sides === 'ask' ? null : Decimal.max(0, price.minus(half)),
        ask: sides === 'bid' ? null : price.plus(half),
      };
    }),
  { selector: ({ symbol }) => symbol, minLength: 1, maxLength: 3 },
);

describe('the hedge', () => {
  let solver: ProgramSolver;
  beforeAll(async () => {
    solver = await loadProgramSolver();
  });

  it('is the cheapest of all whole lots, tried one by one', () => {
    const seen = { reached: 0, proven: 0, unreachable: 0 };
    fc.assert(
      fc.property(positionLists(), instruments, fc.integer({ min: 1, max: 60 }), (positions, list, part) => {
        const bare = answered(accountMargin({ cash: new Decimal(0), positions }, context));
        // Excess is a part of the requirement short of nothing.
        const missing = Math.ceil((bare.requirement * part) / 100);
        const cash = new Decimal(bare.requirement - missing - bare.equity).dividedBy(100);
        const portfolio = { cash, positions };
        const before = answered(accountMargin(portfolio, context));
        const found = answered(
          hedge(
            { portfolio, context, before, hold: NOTHING_HELD_BACK, call: null },
            list,
            0,
            { mostLots: LOTS, seconds: 5 },
            solver,
          ),
        );

        const costOf = ({ symbol, bid, ask }: HedgeInstrument, quantity: Decimal): Decimal => {
          const { price, multiplier } = markOf(symbol);
          const against = quantity.gt(0) ? (ask ?? price).minus(price) : price.minus(bid ?? price);
          return Decimal.max(0, against).times(quantity.abs()).times(multiplier);
        };
        const costs: number[] = [];
        const tried = (index: number, quantities: readonly Decimal[]): void => {
          if (index < list.length) {
            for (let lots = -LOTS; lots <= LOTS; lots++) tried(index + 1, [...quantities, list[index].lot.times(lots)]);
            return;
          }
          const cost = quantities.reduce((sum, quantity, i) => sum.plus(costOf(list[i], quantity)), new Decimal(0));
          const cents = cost.times(100).ceil().toNumber();
          if (cents >= Math.min(...costs)) return;
          const trades = quantities.map((quantity, i) => ({ symbol: list[i].symbol, quantity }));
          const paid = trades.reduce((sum, { symbol, quantity }) => {
            const { price, multiplier, instrument } = markOf(symbol);
            return instrument.kind === 'FUTURE' ? sum : sum.minus(quantity.times(price).times(multiplier));
          }, cost.negated());
          const after = answered(accountMarginAfter(before, trades, paid, context));
          if (after.equity >= after.requirement) costs.push(cents);
        };
        tried(0, []);
        const cheapest = costs.at(-1);

        expect(found.isReached).toBe(cheapest !== undefined);
        const excess = found.answer.after.equity - found.answer.after.requirement;
        expect(excess >= 0).toBe(found.isReached);
        if (cheapest === undefined) seen.unreachable++;
        else {
          seen.reached++;
          if (found.isProven) seen.proven++;
          // Each order's cost is rounded up by itself.
          expect(found.cost).toBeLessThanOrEqual(cheapest + 3);
          expect(found.cost).toBeGreaterThanOrEqual(cheapest);
        }
      }),
      { seed: 20_261_125, numRuns: 250 },
    );
    expect(seen.proven).toBeGreaterThan(30);
    expect(seen.unreachable).toBeGreaterThan(30);
  }, 300_000);
});

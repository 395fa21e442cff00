import { type Gaps, isGaps, type WhatIf } from '@app/margin';
import type { Cents, Order } from '@app/portfolio';
import type { IntegerProgram, ProgramSolver } from '@app/reg-t';
import { Decimal } from 'decimal.js';
import { type HedgeInstrument, type HedgeLine, hedgeLines } from './hedge-line.js';
import { hedgeProgram } from './hedge-program.js';
import { type SearchedAccount, tried } from './searched-account.js';

export interface HedgeLimits {
  /** Of each instrument and side. */
  readonly mostLots: number;
  /** By the solver's own clock, for each try. */
  readonly seconds: number;
}

export interface HedgeOrder {
  readonly order: Order;
  /** What its price loses against the mark. */
  readonly cost: Cents;
  /** MARK: nobody quotes that side, and the cost of crossing to it is not in `cost`. */
  readonly priceFrom: 'BID' | 'ASK' | 'MARK';
}

export interface Hedge {
  /** Excess reaches what is wanted; false: these are the lots that come nearest. */
  readonly isReached: boolean;
  readonly orders: readonly HedgeOrder[];
  /** What all orders lose against the marks. */
  readonly cost: Cents;
  /** No lots within the limits reach it for less: the solver came to its end, and the engine agreed at once. */
  readonly isProven: boolean;
  /** The orders judged by the engine itself. */
  readonly answer: WhatIf;
  /** What might have been traded. */
  readonly considered: readonly string[];
}

/** Dollars between a solution and the bound that still prove it: below the cent. */
const PROOF_GAP = 0.005;
/** The program leaves out how each class group is rounded up, and rules that only the engine has. */
const TRIES = 5;

/**
 * The cheapest whole lots after which an account has `wanted` excess, as the engine confirms; where what the program
 * leaves out is short of it, the program is asked for as much more.
 */
export function hedge(
  account: SearchedAccount,
  instruments: readonly HedgeInstrument[],
  wanted: Cents,
  limits: HedgeLimits,
  solver: ProgramSolver,
): Hedge | Gaps {
  const { context } = account;
  const standing = tried([], account);
  if (isGaps(standing)) return standing;
  const { before } = standing;
  const known = hedgeLines(instruments, before, context);
  if (isGaps(known)) return known;
  let asked = wanted;
  let nearest: Hedge | undefined;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const { program, start, lots } = hedgeProgram(before, known.lines, asked / 100, limits.mostLots);
    const { values, bound } = solver.solve(program, start, limits.seconds);
    const orders = hedgeOrders(known.lines, lots(values ?? start));
    const answer = tried(
      orders.map(({ order }) => order),
      account,
    );
    if (isGaps(answer)) return answer;
    const excess = answer.after.equity - answer.after.requirement;
    const cost = orders.reduce((sum, order) => sum + order.cost, 0);
    const isReached = excess >= wanted;
    const isProven = isReached && attempt === 0 && values !== null && objective(program, values) - bound <= PROOF_GAP;
    const considered = known.lines.map(({ instrument }) => instrument.symbol);
    const found: Hedge = { isReached, orders, cost, isProven, answer, considered };
    if (found.isReached) return found;
    if (nearest === undefined || excess > excessOf(nearest)) nearest = found;
    asked += wanted - excess;
  }
  return nearest!;
}

function objective({ offset, cost }: IntegerProgram, values: readonly number[]): number {
  return values.reduce((sum, value, column) => sum + value * cost[column], offset);
}

function excessOf({ answer }: Hedge): Cents {
  return answer.after.equity - answer.after.requirement;
}

function hedgeOrders(lines: readonly HedgeLine[], lots: readonly number[]): HedgeOrder[] {
  return lines.flatMap(({ instrument, mark }, i): HedgeOrder[] => {
    if (lots[i] === 0) return [];
    const { symbol, lot, bid, ask } = instrument;
    const isBuy = lots[i] > 0;
    const quoted = isBuy ? ask : bid;
    // A quote better than the mark is not counted as a gain.
    const price = quoted ?? mark.price;
    const orderQty = lot.times(Math.abs(lots[i]));
    const against = (isBuy ? price.minus(mark.price) : mark.price.minus(price)).times(orderQty).times(mark.multiplier);
    return [
      {
        order: {
          clOrdId: `hedge-${i + 1}`,
          ...{ orderQty, price },
          legs: [{ symbol, side: isBuy ? 'BUY' : 'SELL', ratioQty: new Decimal(1) }],
        },
        cost: Math.max(0, against.times(100).ceil().toNumber()),
        priceFrom: quoted === null ? 'MARK' : isBuy ? 'ASK' : 'BID',
      },
    ];
  });
}

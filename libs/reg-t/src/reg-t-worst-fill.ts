import type { Cents, Portfolio, WorkingOrder } from '@app/portfolio';
import type { Decimal } from 'decimal.js';
import { apartCosts } from './apart-costs.js';
import { fillParts } from './fill-parts.js';
import { marginAtSteps } from './margin-at-steps.js';
import { isRegTGaps, type RegTGaps } from './reg-t-gap.js';
import type { RegTContext } from './reg-t-holding.js';
import type { RegTMargin } from './reg-t-margin.js';
import { type RegTFill, regTFills, unitsOf } from './working-fill.js';
import { worstPart } from './worst-part.js';

/** The account with some of its working orders filled. */
export interface RegTFillCase {
  /** clOrdIds of those that have filled whole, in the order given. */
  readonly filled: readonly string[];
  /** Those that have filled in part. */
  readonly partly: readonly { readonly clOrdId: string; readonly units: Decimal }[];
  readonly margin: RegTMargin;
}

export interface RegTWorstFill {
  readonly nothing: RegTFillCase;
  /** Every order, linked or not. */
  readonly everything: RegTFillCase;
  /** Of a BOUND the worst that was found. */
  readonly worst: RegTFillCase;
  /** No fills of whole units leave less excess, but for roundings to the cent. */
  readonly leastExcess: Cents;
  readonly proof: 'EXACT' | 'BOUND';
}

/** The least excess that working orders can leave, whichever of them fill and how many units: `before` holds none of them. */
export function regTWorstFill(...asked: Parameters<typeof regTWorstFillSearch>): RegTWorstFill | RegTGaps {
  const search = regTWorstFillSearch(...asked);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

/** The same, for whoever lets others go on: of a large book each pairing, between two of which it yields, takes long. */
export function* regTWorstFillSearch(
  portfolio: Portfolio,
  before: RegTMargin,
  orders: readonly WorkingOrder[],
  context: RegTContext,
): Generator<void, RegTWorstFill | RegTGaps> {
  const working = regTFills(orders, context);
  if (isRegTGaps(working)) return working;
  const { fills } = working;
  const steps = new Map<RegTFill, number>();
  let most = 0;
  let isExact = true;
  for (const part of fillParts(fills)) {
    yield;
    const worst = yield* worstPart(portfolio, before, part, apartCosts(part.fills, context), context);
    if (isRegTGaps(worst)) return worst;
    part.fills.forEach((fill, i) => steps.set(fill, worst.steps[i]));
    most += worst.most;
    isExact &&= worst.isExact;
  }
  const cases: RegTFillCase[] = [];
  for (const stepsOf of [() => 0, (fill: RegTFill) => fill.steps, (fill: RegTFill) => steps.get(fill)!]) {
    yield;
    const found = fillCase(portfolio, before, fills, fills.map(stepsOf), context);
    if (isRegTGaps(found)) return found;
    cases.push(found);
  }
  const [nothing, everything, worst] = cases;
  isExact &&= worst.margin.isOptimal;
  const leastExcess = isExact ? worst.margin.excess : Math.min(worst.margin.excess, before.excess - most);
  return { nothing, everything, worst, leastExcess, proof: isExact ? 'EXACT' : 'BOUND' };
}

function fillCase(
  portfolio: Portfolio,
  before: RegTMargin,
  fills: readonly RegTFill[],
  steps: readonly number[],
  context: RegTContext,
): RegTFillCase | RegTGaps {
  const margin = marginAtSteps(portfolio, before, fills, steps, context);
  if (isRegTGaps(margin)) return margin;
  const isWhole = (fill: RegTFill, i: number): boolean => steps[i] === fill.steps;
  const idOf = ({ working }: RegTFill): string => working.order.clOrdId;
  return {
    filled: [...new Set(fills.filter(isWhole).map(idOf))],
    partly: fills.flatMap((fill, i) =>
      steps[i] === 0 || isWhole(fill, i) ? [] : [{ clOrdId: idOf(fill), units: unitsOf(fill, steps[i]) }],
    ),
    margin,
  };
}

import { Decimal } from 'decimal.js';
import type { Position } from '@app/portfolio';
import type { ApartCosts } from './fill-box.js';
import { stockTerms } from './holding-line.js';
import { isRegTGaps } from './reg-t-gap.js';
import type { RegTContext } from './reg-t-holding.js';
import { type RegTMargin, regTMargin } from './reg-t-margin.js';
import { stockAgainstTheBox } from './stock-requirement.js';
import type { RegTFill } from './working-fill.js';

const ZERO = new Decimal(0);

/** Of units with more legs the legs are carried apart: pairing them would take as long as a book. */
const LEGS_AT_MOST = 8;
/** Costs that are kept for a context. */
const COSTS_AT_MOST = 10_000;
const costsIn = new WeakMap<RegTContext, Map<string, number>>();

/** What orders and their instruments cost by themselves; no number where that is too large to be exact. */
export function apartCosts(fills: readonly RegTFill[], context: RegTContext): ApartCosts {
  const cost = (positions: readonly Position[]): number =>
    known(context, positions.map(({ symbol, quantity }) => `${symbol} ${quantity.toFixed()}`).join(), () => {
      const margin = regTMargin({ cash: ZERO, positions }, context);
      return isRegTGaps(margin) ? NaN : unroundedCost(margin);
    });
  const holdings = new Map(fills.flatMap((fill) => fill.holdings.map((held) => [held.position.symbol, held] as const)));
  const alone = (symbol: string, sign: 1 | -1): number => cost([{ symbol, quantity: new Decimal(sign) }]);
  const apart = ({ symbol, quantity }: Position): number =>
    alone(symbol, quantity.isNegative() ? -1 : 1) * quantity.abs().toNumber();
  return {
    alone,
    unit(order) {
      const { unit } = fills[order];
      if (unit.length > 1 && unit.length <= LEGS_AT_MOST) return cost(unit);
      return unit.reduce((sum, leg) => sum + apart(leg), 0);
    },
    boxed(symbol) {
      const held = holdings.get(symbol)!;
      if (held.instrument.kind !== 'UNDERLYING') return 0;
      return stockAgainstTheBox(stockTerms(held, context), context.rules).initial;
    },
  };
}

/** Dollars that excess without cash is below nothing. */
function unroundedCost({ groups, stockValue }: RegTMargin): number {
  return [...groups.values()].reduce(
    (sum, { initial }) =>
      initial.strategies.reduce(
        (dollars, { requirement }) => dollars + requirement,
        sum - initial.marginValue.toNumber(),
      ),
    -stockValue.toNumber(),
  );
}

function known(context: RegTContext, key: string, compute: () => number): number {
  const costs = costsIn.get(context) ?? new Map<string, number>();
  costsIn.set(context, costs);
  const value = costs.get(key) ?? compute();
  if (costs.size >= COSTS_AT_MOST) costs.clear();
  costs.set(key, value);
  return value;
}

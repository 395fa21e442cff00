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

/** What orders and their instruments cost by themselves; no number where that is too large to be exact. */
export function apartCosts(fills: readonly RegTFill[], context: RegTContext): ApartCosts {
  const cost = (positions: readonly Position[]): number => {
    const margin = regTMargin({ cash: ZERO, positions }, context);
    return isRegTGaps(margin) ? NaN : unroundedCost(margin);
  };
  const holdings = new Map(fills.flatMap((fill) => fill.holdings.map((held) => [held.position.symbol, held] as const)));
  const alone = remembered((symbol: string, sign: 1 | -1) => cost([{ symbol, quantity: new Decimal(sign) }]));
  return {
    alone,
    unit: remembered((order: number) => {
      const { unit } = fills[order];
      if (unit.length > 1) return cost(unit);
      const [{ symbol, quantity }] = unit;
      return alone(symbol, quantity.isNegative() ? -1 : 1) * quantity.abs().toNumber();
    }),
    boxed: remembered((symbol: string) => {
      const held = holdings.get(symbol)!;
      if (held.instrument.kind !== 'UNDERLYING') return 0;
      return stockAgainstTheBox(stockTerms(held, context), context.rules).initial;
    }),
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

function remembered<A extends readonly unknown[]>(compute: (...given: A) => number): (...given: A) => number {
  const known = new Map<string, number>();
  return (...given) => {
    const key = given.join(' ');
    const value = known.get(key) ?? compute(...given);
    known.set(key, value);
    return value;
  };
}

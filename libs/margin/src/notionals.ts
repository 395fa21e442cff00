import type { Decimal } from 'decimal.js';
import type { EffectiveRules } from '@app/rules';
import { addTerms, exactSum, exactSums, takeTerms } from './exact-sums.js';
import type { Holding } from './holding.js';
import type { LayeredMap } from './layered-map.js';

/** Dollars of a position, ≥ 0: its market value, and of a future, which has none, what it stands for. */
export function notional(quantity: Decimal, { mark }: Pick<Holding, 'mark'>): number {
  return quantity.abs().times(mark.price).times(mark.multiplier).toNumber();
}

/** Notional of everything on an underlying, where a house limits it; exact, as the sums of its class group are. */
export function notionalsAfter(
  before: LayeredMap<number[]>,
  taken: readonly Holding[],
  added: readonly Holding[],
  rules: EffectiveRules,
): LayeredMap<number[]> {
  let changes: Map<string, number[] | undefined> | undefined;
  const change = (line: Holding, act: typeof addTerms): void => {
    const { symbol, classGroup, productClass } = line.underlying;
    if (rules.symbol(symbol, symbol, classGroup, productClass).notionalLimit === null) return;
    changes ??= new Map();
    const sums = changes.get(symbol) ?? before.get(symbol)?.slice() ?? exactSums(1);
    act(sums, [notional(line.position.quantity, line)]);
    changes.set(symbol, sums);
  };
  for (const line of taken) change(line, takeTerms);
  for (const line of added) change(line, addTerms);
  // Of most underlyings no house limits any.
  if (changes === undefined) return before;
  for (const [symbol, sums] of changes) if (sums!.every((sum) => sum === 0)) changes.set(symbol, undefined);
  return before.with(changes);
}

export function notionalOf(notionals: ReadonlyMap<string, number[]>, underlying: string): number {
  const sums = notionals.get(underlying);
  return sums === undefined ? 0 : exactSum(sums, 0);
}

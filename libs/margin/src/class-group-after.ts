import { isFallbackVolatility, type ProductClass } from '@app/market';
import { Decimal } from 'decimal.js';
import { type ClassGroupMargin, marginInForce, regulatoryMargin } from './class-group.js';
import { type ClassPlan, classPlan } from './class-plan.js';
import { type ClassSums, emptySums, sumsAfter } from './class-sums.js';
import { type Gaps, marginGap } from './gap.js';
import type { Holding, MarginContext } from './holding.js';
import { LayeredMap } from './layered-map.js';

/** One class group of an account, with the numbers in force and with the rule book's own. */
export interface ClassGroup {
  readonly classGroup: string;
  readonly productClass: ProductClass;
  readonly plan: ClassPlan;
  /** What is held, by symbol; `heldIn` gives it in symbol order. */
  readonly holdings: ReadonlyMap<string, Holding>;
  /** Those of them whose quote or volatility is doubtful. */
  readonly doubtful: ReadonlyMap<string, Holding>;
  /** Everything that is a sum over the holdings. */
  readonly sums: ClassSums;
  readonly inForce: ClassGroupMargin;
  /** The same object as `inForce` where no house rule changes it. */
  readonly regulatory: ClassGroupMargin;
}

/** A class group's positions in symbol order: a walk over all of them. */
export function heldIn({ holdings }: Pick<ClassGroup, 'holdings'>): readonly Holding[] {
  return inSymbolOrder(holdings);
}

export function inSymbolOrder(holdings: ReadonlyMap<string, Holding>): readonly Holding[] {
  return [...holdings.values()].sort((a, b) => (a.position.symbol < b.position.symbol ? -1 : 1));
}

/**
 * A class group after trades: the old line of each symbol traded is taken from the sums, the new one added, at a cost
 * that does not depend on what else is held. Undefined where nothing is left.
 */
export function classGroupAfter(
  name: string,
  before: ClassGroup | undefined,
  trades: readonly Holding[],
  context: MarginContext,
): ClassGroup | Gaps | undefined {
  const productClass = before?.productClass ?? trades[0].underlying.productClass;
  const odd = trades.find(({ underlying }) => underlying.productClass !== productClass);
  if (odd !== undefined) return [marginGap('class_group.inconsistent', odd.position.symbol)];

  const plan = classPlan(context.rules.inForce(name, productClass), context.rules.regulatory(productClass));
  const held = (before?.holdings ?? NOTHING) as LayeredMap<Holding>;
  const { changes, taken, added } = changedLines(held, trades);
  const holdings = held.with(changes);
  const doubtful = ((before?.doubtful ?? NOTHING) as LayeredMap<Holding>).with(doubtfulOnes(changes));
  if (holdings.size === 0) return undefined;

  const sums = sumsAfter(plan, before?.sums ?? emptySums(plan), taken, added);
  const regulatory = sums && regulatoryMargin(productClass, plan, sums);
  const inForce = sums && regulatory && marginInForce(productClass, plan, sums, regulatory);
  if (inForce === undefined) return [marginGap('amount.too_large', firstSymbol(holdings))];
  return { classGroup: name, productClass, plan, holdings, doubtful, sums: sums!, inForce, regulatory: regulatory! };
}

const NOTHING = LayeredMap.of<Holding>();
const ZERO = new Decimal(0);

interface ChangedLines {
  readonly changes: ReadonlyMap<string, Holding | undefined>;
  readonly taken: readonly Holding[];
  readonly added: readonly Holding[];
}

/** The lines trades replace and those they leave in their place: opposite and repeated ones net. */
function changedLines(held: ReadonlyMap<string, Holding>, trades: readonly Holding[]): ChangedLines {
  const changes = new Map<string, Holding | undefined>();
  for (const trade of trades) {
    const { symbol } = trade.position;
    const old = changes.has(symbol) ? changes.get(symbol) : held.get(symbol);
    const quantity = (old?.position.quantity ?? ZERO).plus(trade.position.quantity);
    changes.set(symbol, quantity.isZero() ? undefined : { ...trade, position: { symbol, quantity } });
  }
  const taken: Holding[] = [];
  const added: Holding[] = [];
  for (const [symbol, after] of changes) {
    const old = held.get(symbol);
    if (old !== undefined) taken.push(old);
    if (after !== undefined) added.push(after);
  }
  return { changes, taken, added };
}

/** The changes to the doubtful ones: a line that is gone or sound removes its symbol. */
function doubtfulOnes(changes: ChangedLines['changes']): ChangedLines['changes'] {
  const doubtful = new Map<string, Holding | undefined>();
  for (const [symbol, line] of changes) doubtful.set(symbol, line !== undefined && isDoubtful(line) ? line : undefined);
  return doubtful;
}

function isDoubtful({ mark: { instrument } }: Holding): boolean {
  if (instrument.kind !== 'OPTION') return false;
  return instrument.flags.length > 0 || isFallbackVolatility(instrument.volatilitySource);
}

function firstSymbol(holdings: ReadonlyMap<string, Holding>): string {
  return [...holdings.keys()].reduce((first, symbol) => (symbol < first ? symbol : first));
}

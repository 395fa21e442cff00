import { forwardOf, isFallbackVolatility, type ProductClass } from '@app/market';
import { type Cents, decimalSum } from '@app/portfolio';
import { type ClassGroupMargin, marginInForce, regulatoryMargin } from './class-group.js';
import type { ClassPlan } from './class-plan.js';
import { type ClassSums, emptySums, sumsAfter } from './class-sums.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { type Holding, type MarginContext, onPlan } from './holding.js';
import { LayeredMap } from './layered-map.js';
import { notionalsAfter } from './notionals.js';

/** One class group of an account, with the numbers in force and with the rule book's own. */
export interface ClassGroup {
  readonly classGroup: string;
  readonly productClass: ProductClass;
  /** The groups its profits and losses combine in; null: in none. */
  readonly productGroup: string | null;
  readonly portfolioGroup: string | null;
  readonly plan: ClassPlan;
  /** What is held, by symbol; `heldIn` gives it in symbol order. */
  readonly holdings: ReadonlyMap<string, Holding>;
  /** Those of them whose quote, volatility or forward is doubtful. */
  readonly doubtful: ReadonlyMap<string, Holding>;
  /** Notional of each underlying that a house limits. */
  readonly notionals: ReadonlyMap<string, number[]>;
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

/** What class groups are margined with beside their own positions. */
export interface GroupContext extends MarginContext {
  /** The account's, after the trades. */
  readonly equity: Cents;
}

/**
 * A class group after trades: the old line of each symbol traded is taken from the sums, the new one added, at a cost
 * that does not depend on what else is held. Undefined where nothing is left.
 */
export function classGroupAfter(
  name: string,
  before: ClassGroup | undefined,
  trades: readonly Holding[],
  context: GroupContext,
): ClassGroup | Gaps | undefined {
  const place = before ?? trades[0].underlying;
  const odd = trades.find(({ underlying }) => !isSamePlace(underlying, place));
  if (odd !== undefined) return [marginGap('class_group.inconsistent', odd.position.symbol)];

  const plan = before?.plan ?? trades[0].plan;
  const held = (before?.holdings ?? NOTHING) as LayeredMap<Holding>;
  const lines = changedLines(held, trades, plan, context);
  if (isGaps(lines)) return lines;
  const { changes, taken, added } = lines;
  const holdings = held.with(changes);
  if (holdings.size === 0) return undefined;
  const oldNotionals = (before?.notionals ?? NO_NOTIONALS) as LayeredMap<number[]>;
  const sums = sumsAfter(plan, before?.sums ?? emptySums(plan), taken, added);
  if (sums === undefined) return [marginGap('amount.too_large', firstSymbol(holdings))];
  return margined(
    {
      classGroup: name,
      productClass: place.productClass,
      productGroup: place.productGroup,
      portfolioGroup: place.portfolioGroup,
      plan,
      holdings,
      doubtful: doubtfulAfter((before?.doubtful ?? NOTHING) as LayeredMap<Holding>, changes),
      notionals: notionalsAfter(oldNotionals, taken, added, context.rules),
      sums,
    },
    context,
  );
}

/** The same positions at another equity, or with other sums. */
export function classGroupAt(group: Summed, context: GroupContext): ClassGroup | Gaps {
  return margined(group, context);
}

/** The same positions summed at another plan's points: a walk over all of them. */
export function classGroupOn(group: ClassGroup, plan: ClassPlan, context: GroupContext): ClassGroup | Gaps {
  const holdings = new Map<string, Holding>();
  for (const [symbol, held] of group.holdings) {
    const line = onPlan(held, plan, context.valuation);
    if (isGaps(line)) return line;
    holdings.set(symbol, line);
  }
  const sums = sumsAfter(plan, emptySums(plan), [], [...holdings.values()]);
  if (sums === undefined) return [marginGap('amount.too_large', firstSymbol(holdings))];
  return margined({ ...group, plan, holdings: LayeredMap.of(holdings), sums }, context);
}

/** A class group before it is margined. */
export type Summed = Omit<ClassGroup, 'inForce' | 'regulatory'>;

function margined(group: Summed, { equity }: GroupContext): ClassGroup | Gaps {
  const { classGroup, productClass, productGroup, portfolioGroup, plan, sums } = group;
  const regulatory = regulatoryMargin(productClass, plan, sums);
  const inForce = regulatory && marginInForce(plan, sums, regulatory, equity);
  if (inForce === undefined) return [marginGap('amount.too_large', firstSymbol(group.holdings))];
  const { holdings, doubtful, notionals } = group;
  return {
    classGroup,
    productClass,
    productGroup,
    portfolioGroup,
    plan,
    holdings,
    doubtful,
    notionals,
    sums,
    inForce,
    regulatory: regulatory!,
  };
}

type Place = Pick<ClassGroup, 'productClass' | 'productGroup' | 'portfolioGroup'>;

function isSamePlace(a: Place, b: Place): boolean {
  return (
    a.productClass === b.productClass && a.productGroup === b.productGroup && a.portfolioGroup === b.portfolioGroup
  );
}

const NOTHING = LayeredMap.of<Holding>();
const NO_NOTIONALS = LayeredMap.of<number[]>();

interface ChangedLines {
  readonly changes: ReadonlyMap<string, Holding | undefined>;
  readonly taken: readonly Holding[];
  readonly added: readonly Holding[];
}

/** The lines trades replace and those they leave in their place: opposite and repeated ones net. */
function changedLines(
  held: ReadonlyMap<string, Holding>,
  trades: readonly Holding[],
  plan: ClassPlan,
  { valuation }: MarginContext,
): ChangedLines | Gaps {
  const changes = new Map<string, Holding | undefined>();
  for (const trade of trades) {
    const { symbol } = trade.position;
    const old = changes.has(symbol) ? changes.get(symbol) : held.get(symbol);
    const line = onPlan(trade, plan, valuation);
    if (isGaps(line)) return line;
    changes.set(symbol, netLine(old, line));
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

/** A line with what was held before; undefined where that leaves nothing. */
function netLine(old: Holding | undefined, line: Holding): Holding | undefined {
  const { symbol, quantity: traded } = line.position;
  const quantity = old === undefined ? traded : decimalSum(old.position.quantity, traded);
  if (quantity.isZero()) return undefined;
  return quantity === traded ? line : { ...line, position: { symbol, quantity } };
}

/** The doubtful ones after changes: a line that is gone or sound removes its symbol. */
function doubtfulAfter(before: LayeredMap<Holding>, changes: ChangedLines['changes']): LayeredMap<Holding> {
  let doubtful: Map<string, Holding | undefined> | undefined;
  for (const [symbol, line] of changes) {
    const isNow = line !== undefined && isDoubtful(line);
    if (isNow || before.has(symbol)) (doubtful ??= new Map()).set(symbol, isNow ? line : undefined);
  }
  return doubtful === undefined ? before : before.with(doubtful);
}

function isDoubtful({ mark: { instrument }, underlying }: Holding): boolean {
  if (instrument.kind !== 'OPTION') return false;
  if (instrument.flags.length > 0 || isFallbackVolatility(instrument.volatilitySource)) return true;
  return forwardOf(instrument, underlying)?.source === 'PARITY_IMPLIED';
}

function firstSymbol(holdings: ReadonlyMap<string, Holding>): string | null {
  return [...holdings.keys()].sort()[0] ?? null;
}

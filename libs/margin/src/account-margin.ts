import { Decimal } from 'decimal.js';
import { byClassGroup, distinctGaps, type ProductClass } from '@app/market';
import {
  type Cents,
  equityCents,
  exactCents,
  marketValue,
  netPositions,
  type Portfolio,
  type Position,
} from '@app/portfolio';
import { type ClassGroupMargin, classGroupMargin, type Line } from './class-group.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { type Holding, holding, type MarginContext } from './holding.js';
import { classGrid, gridInForce } from './scenario.js';

/** One class group of an account, with the numbers in force and with the rule book's own. */
export interface ClassGroup {
  readonly classGroup: string;
  readonly productClass: ProductClass;
  /** In symbol order. */
  readonly holdings: readonly Holding[];
  readonly inForce: ClassGroupMargin;
  /** The same object as `inForce` where no house rule changes it. */
  readonly regulatory: ClassGroupMargin;
}

export interface AccountMargin {
  readonly cash: Decimal;
  readonly classGroups: ReadonlyMap<string, ClassGroup>;
  /** Sum of the class groups' requirements: unrelated class groups do not net. */
  readonly requirement: Cents;
  /** The same by the rule book alone. */
  readonly regulatoryRequirement: Cents;
  /** Market value of every position in dollars, + for long. */
  readonly marketValue: Decimal;
  /** Net liquidating value: cash and the market value of every position, options included (FINRA 4210(g)(11)). */
  readonly equity: Cents;
}

const ZERO = new Decimal(0);
const NOTHING_HELD = { cash: ZERO, classGroups: new Map<string, ClassGroup>(), marketValue: ZERO };

/** An account's whole margin, or everything that is missing to know it. */
export function accountMargin({ cash, positions }: Portfolio, context: MarginContext): AccountMargin | Gaps {
  return accountMarginAfter(NOTHING_HELD, positions, cash, context);
}

/**
 * The margin after `trades` (signed quantities) and a change in cash. Only the class groups the trades touch are
 * computed, each whole and from its positions in symbol order: the result has the same bits as `accountMargin` of
 * the resulting portfolio.
 */
export function accountMarginAfter(
  before: Pick<AccountMargin, 'cash' | 'classGroups' | 'marketValue'>,
  trades: readonly Position[],
  cashChange: Decimal,
  context: MarginContext,
): AccountMargin | Gaps {
  const holdings = trades.map((position) => holding(position, context));
  const missing = holdings.filter(isGaps).flat();
  if (missing.length > 0) return distinctGaps(missing);
  const added = holdings as Holding[];

  const classGroups = new Map(before.classGroups);
  const gaps: Gaps[number][] = [];
  for (const [name, members] of byClassGroup(added)) {
    const group = classGroupAfter(name, [...(classGroups.get(name)?.holdings ?? []), ...members], context);
    if (group === undefined) classGroups.delete(name);
    else if (isGaps(group)) gaps.push(...group);
    else classGroups.set(name, group);
  }
  if (gaps.length > 0) return gaps;

  const value = added.reduce(
    (sum, { position, mark }) => sum.plus(marketValue(position.quantity, mark)),
    before.marketValue,
  );
  return totalled(before.cash.plus(cashChange), classGroups, value);
}

/** The class group that `all` net to; undefined where that leaves nothing. */
function classGroupAfter(name: string, all: readonly Holding[], context: MarginContext): ClassGroup | Gaps | undefined {
  const bySymbol = new Map(all.map((entry) => [entry.position.symbol, entry]));
  const holdings = netPositions(all.map(({ position }) => position)).map((position) => ({
    ...bySymbol.get(position.symbol)!,
    position,
  }));
  if (holdings.length === 0) return undefined;

  const { productClass } = all[0].underlying;
  const odd = all.find(({ underlying }) => underlying.productClass !== productClass);
  if (odd !== undefined) return [marginGap('class_group.inconsistent', odd.position.symbol)];

  const book = context.rules.regulatory(productClass);
  const numbers = context.rules.inForce(name, productClass);
  const regulatory = classGroupMargin(productClass, lines(holdings, 'regulatory'), book, classGrid(book));
  const grid = gridInForce(numbers, book);
  const same = numbers.minimumCharge === book.minimumCharge && grid === regulatory.grid;
  const inForce = same ? regulatory : classGroupMargin(productClass, lines(holdings, 'inForce'), numbers, grid);
  return { classGroup: name, productClass, holdings, inForce: atLeast(inForce, regulatory), regulatory };
}

/**
 * The last digits of a value on a grid depend on the points asked with it (options with cash dividends): they must not
 * round the house a cent below the book.
 */
function atLeast(inForce: ClassGroupMargin, regulatory: ClassGroupMargin): ClassGroupMargin {
  if (inForce.requirement === undefined || regulatory.requirement === undefined) return inForce;
  return inForce.requirement >= regulatory.requirement ? inForce : { ...inForce, requirement: regulatory.requirement };
}

function lines(holdings: readonly Holding[], grid: 'inForce' | 'regulatory'): Line[] {
  return holdings.map((entry) => ({ position: entry.position, array: entry[grid] }));
}

function totalled(cash: Decimal, classGroups: ReadonlyMap<string, ClassGroup>, value: Decimal): AccountMargin | Gaps {
  let requirement = 0;
  let regulatoryRequirement = 0;
  const gaps: Gaps[number][] = [];
  for (const { inForce, regulatory, holdings } of classGroups.values()) {
    if (inForce.requirement === undefined || regulatory.requirement === undefined) {
      gaps.push(marginGap('amount.too_large', holdings[0].position.symbol));
      continue;
    }
    requirement += inForce.requirement;
    regulatoryRequirement += regulatory.requirement;
  }
  const equity = equityCents(cash.plus(value));
  const exact = [requirement, regulatoryRequirement].every((cents) => exactCents(cents) !== undefined);
  if (equity === undefined || !exact) gaps.push(marginGap('amount.too_large', null));
  if (gaps.length > 0) return gaps;
  return { cash, classGroups, requirement, regulatoryRequirement, marketValue: value, equity: equity! };
}

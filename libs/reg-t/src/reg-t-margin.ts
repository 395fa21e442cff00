import { byClassGroup, distinctGaps } from '@app/market';
import { Decimal } from 'decimal.js';
import {
  type Cents,
  equityCents,
  exactCents,
  marketValue,
  netPositions,
  type Portfolio,
  type Position,
} from '@app/portfolio';
import { isRegTGaps, regTGap, type RegTGaps } from './reg-t-gap.js';
import { type Boxed, type RegTGroup, regTGroup } from './reg-t-group.js';
import { type RegTContext, type RegTHolding, regTHolding } from './reg-t-holding.js';

/** An account under Regulation T and the strategy-based rules. */
export interface RegTMargin {
  readonly cash: Decimal;
  readonly groups: ReadonlyMap<string, RegTGroup>;
  /** Market value of stock in dollars, + for long: options are not in it. */
  readonly stockValue: Decimal;
  /** Sums over the groups. */
  readonly initial: Cents;
  readonly maintenance: Cents;
  /** Cash, stock, and the margin value of options under the initial pairing. */
  readonly equity: Cents;
  /** Equity less the initial requirement: its change is what orders cost, premiums included. */
  readonly excess: Cents;
  /** Equity less the maintenance requirement, each under the maintenance pairing. */
  readonly maintenanceExcess: Cents;
  readonly isOptimal: boolean;
}

const ZERO = new Decimal(0);
const NOTHING_BOXED: Boxed = new Map();
const NOTHING_HELD = { cash: ZERO, groups: new Map<string, RegTGroup>(), stockValue: ZERO };

/**
 * An account's whole strategy-based margin, or everything that is missing to know it. Positions of one symbol net;
 * `boxed` are shares held long and sold short at once beside them, which a position cannot say.
 */
export function regTMargin(
  { cash, positions }: Portfolio,
  context: RegTContext,
  boxed: Boxed = NOTHING_BOXED,
): RegTMargin | RegTGaps {
  return regTMarginAfter(NOTHING_HELD, positions, cash, context, boxed);
}

/**
 * The margin after `trades` (signed quantities) and a change in cash. Only the class groups the trades touch are
 * computed, each whole and from its positions in symbol order.
 */
export function regTMarginAfter(
  before: Pick<RegTMargin, 'cash' | 'groups' | 'stockValue'>,
  trades: readonly Position[],
  cashChange: Decimal,
  context: RegTContext,
  boxed: Boxed = NOTHING_BOXED,
): RegTMargin | RegTGaps {
  const holdings = trades.map((position) => regTHolding(position, context));
  const missing = holdings.filter(isRegTGaps).flat();
  if (missing.length > 0) return distinctGaps(missing);
  const added = holdings as RegTHolding[];

  const groups = new Map(before.groups);
  const gaps: RegTGaps[number][] = [];
  for (const [name, members] of byClassGroup(added)) {
    const group = groupAfter(name, [...(groups.get(name)?.holdings ?? []), ...members], boxed, context);
    if (group === undefined) groups.delete(name);
    else if (isRegTGaps(group)) gaps.push(...group);
    else groups.set(name, group);
  }
  if (gaps.length > 0) return gaps;

  const stockValue = added
    .filter(({ instrument }) => instrument.kind === 'UNDERLYING')
    .reduce((sum, { position, mark }) => sum.plus(marketValue(position.quantity, mark)), before.stockValue);
  return totalled(before.cash.plus(cashChange), groups, stockValue);
}

/** The class group that `all` net to; undefined where that leaves nothing. */
function groupAfter(
  name: string,
  all: readonly RegTHolding[],
  boxed: Boxed,
  context: RegTContext,
): RegTGroup | RegTGaps | undefined {
  const holdings = netHoldings(all, boxed);
  return holdings.length === 0 ? undefined : regTGroup(name, holdings, boxed, context);
}

/** What `all` net to, in symbol order; what is boxed also where nothing of it is left. */
export function netHoldings(all: readonly RegTHolding[], boxed: Boxed): readonly RegTHolding[] {
  const bySymbol = new Map(all.map((each) => [each.position.symbol, each]));
  const net = new Map(netPositions(all.map(({ position }) => position)).map((position) => [position.symbol, position]));
  const symbols = [...bySymbol.keys()].filter((symbol) => net.has(symbol) || boxed.has(symbol)).sort();
  return symbols.map((symbol) => ({
    ...bySymbol.get(symbol)!,
    position: net.get(symbol) ?? { symbol, quantity: ZERO },
  }));
}

function totalled(cash: Decimal, groups: ReadonlyMap<string, RegTGroup>, stockValue: Decimal): RegTMargin | RegTGaps {
  const sum = (kind: 'initial' | 'maintenance'): number =>
    [...groups.values()].reduce((total, group) => total + group[kind].requirement, 0);
  const equityUnder = (kind: 'initial' | 'maintenance'): Cents | undefined =>
    equityCents(
      [...groups.values()].reduce((total, group) => total.plus(group[kind].marginValue), cash.plus(stockValue)),
    );
  const [initial, maintenance] = [exactCents(sum('initial')), exactCents(sum('maintenance'))];
  const [equity, maintained] = [equityUnder('initial'), equityUnder('maintenance')];
  if (initial === undefined || maintenance === undefined || equity === undefined || maintained === undefined) {
    return [regTGap('amount.too_large', null)];
  }
  return {
    cash,
    groups,
    stockValue,
    initial,
    maintenance,
    equity,
    excess: equity - initial,
    maintenanceExcess: maintained - maintenance,
    isOptimal: [...groups.values()].every((group) => group.initial.isOptimal && group.maintenance.isOptimal),
  };
}

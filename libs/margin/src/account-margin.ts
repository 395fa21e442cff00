import { Decimal } from 'decimal.js';
import { byClassGroup, distinctGaps } from '@app/market';
import {
  type Cents,
  decimalSum,
  equityCents,
  exactCents,
  legsValue,
  negated,
  type Portfolio,
  type Position,
} from '@app/portfolio';
import { noTotals } from './account-totals.js';
import type { AddOn } from './add-ons.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { type Grouped, groupsAfter } from './groups-after.js';
import { type Holding, holding, isModelled, type MarginContext } from './holding.js';
import { largestNamesLoss } from './largest-names.js';
import { LayeredMap } from './layered-map.js';
import { strategyAfter, type StrategyPosition, type StrategySums } from './strategy-position.js';

export interface AccountMargin extends Grouped {
  /** What is margined by strategy rules inside the account, by symbol. */
  readonly strategyPositions: ReadonlyMap<string, StrategyPosition>;
  readonly strategy: StrategySums;
  readonly cash: Decimal;
  /** What house rules ask of the account as a whole. */
  readonly addOns: readonly AddOn[];
  /** Class groups that stand alone, groups, positions by strategy, and add-ons. */
  readonly requirement: Cents;
  /** The same by the rule book alone. */
  readonly regulatoryRequirement: Cents;
  /** What orders that add risk must be covered for: the requirement, or the multiple of it a house asks. */
  readonly initial: Cents;
  /** Market value of every position in dollars, + for long. */
  readonly marketValue: Decimal;
  /** Net liquidating value: cash and the market value of every position, options included (FINRA 4210(g)(11)). */
  readonly equity: Cents;
}

/** An account's whole margin, or everything that is missing to know it. */
export function accountMargin({ cash, positions }: Portfolio, context: MarginContext): AccountMargin | Gaps {
  return accountMarginAfter(nothingHeld(context), positions, cash, context);
}

const ZERO = new Decimal(0);

function nothingHeld({ rules }: MarginContext): AccountMargin {
  return {
    ...{ cash: ZERO, marketValue: ZERO, classGroups: LayeredMap.of(), productGroups: LayeredMap.of(), addOns: [] },
    ...{ requirement: 0, regulatoryRequirement: 0, initial: 0, equity: 0, totals: noTotals(rules) },
    ...{ strategyPositions: LayeredMap.of(), strategy: { requirement: 0, regulatoryRequirement: 0, grossValue: 0 } },
  };
}

/**
 * The margin after `trades` (signed quantities) and a change in cash. It costs what the trades are, whatever the
 * account holds: of a symbol traded the old line leaves the sums of its class group and the new one joins them. Those
 * sums are exact, so the result has the same bits as `accountMargin` of the resulting portfolio.
 */
export function accountMarginAfter(
  before: AccountMargin,
  trades: readonly Position[],
  cashChange: Decimal,
  context: MarginContext,
): AccountMargin | Gaps {
  const traded: Holding[] = [];
  const missing: Gaps[number][] = [];
  for (const position of trades) {
    const line = holding(position, context);
    if (isGaps(line)) missing.push(...line);
    else traded.push(line);
  }
  if (missing.length > 0) return distinctGaps(missing);
  const value = legsValue(traded);
  return marginAfterTrades(before, { lines: traded, value, gain: cashChange.plus(value) }, context);
}

/** What is traded, with everything that is known of it. */
export interface Trades {
  /** One a leg. */
  readonly lines: readonly Holding[];
  /** Their market value in dollars, + where more is bought than sold. */
  readonly value: Decimal;
  /** Dollars of equity that they bring: cash received and `value`. Nothing where all trade at the marks. */
  readonly gain: Decimal;
}

/** The same with the trades' lines at hand. */
export function marginAfterTrades(
  before: AccountMargin,
  { lines, value, gain }: Trades,
  context: MarginContext,
): AccountMargin | Gaps {
  const marketValue = decimalSum(before.marketValue, value);
  const received = gain.isZero() ? negated(value) : decimalSum(gain, negated(value));
  const cash = decimalSum(before.cash, received);
  const equity = equityCents(cash, marketValue);
  const { rules, valuation, strictVolatility } = context;
  const there = { rules, valuation, strictVolatility, equity: equity ?? 0 };
  const after = groupsAfter(before, byClassGroup(lines.filter(isModelled)), there);
  const held = strategyAfter(before, lines.filter(isOutside));
  if (isGaps(after)) return equity === undefined ? [...after, ...TOO_LARGE] : after;
  if (held === undefined) return TOO_LARGE;
  const { classGroups, productGroups, totals } = after;
  const { strategy, strategyPositions } = held;
  const required = requirements({ classGroups, totals, strategy }, context);
  if (equity === undefined || required === undefined) return TOO_LARGE;
  return {
    classGroups,
    productGroups,
    totals,
    strategyPositions,
    strategy,
    cash,
    addOns: required.addOns,
    requirement: required.requirement,
    regulatoryRequirement: required.regulatoryRequirement,
    initial: required.initial,
    marketValue,
    equity,
  };
}

function isOutside({ strategy }: Holding): boolean {
  return strategy !== null;
}

const TOO_LARGE: Gaps = [marginGap('amount.too_large', null)];

/** What groups require together; undefined where an amount is too large to be exact. */
export function requirements(
  { classGroups, totals, strategy }: Pick<AccountMargin, 'classGroups' | 'totals' | 'strategy'>,
  { rules: { account } }: MarginContext,
): Pick<AccountMargin, 'addOns' | 'requirement' | 'regulatoryRequirement' | 'initial'> | undefined {
  const { largestNames, initialMultiplier } = account;
  const loss = largestNames === null ? 0 : largestNamesLoss(classGroups.values(), largestNames);
  if (loss === undefined) return undefined;
  const more = Math.max(0, loss - totals.requirement);
  const requirement = exactCents(totals.requirement + strategy.requirement + more);
  const regulatoryRequirement = exactCents(totals.regulatoryRequirement + strategy.regulatoryRequirement);
  const initial = requirement === undefined ? undefined : multipleCents(requirement, initialMultiplier);
  if (requirement === undefined || regulatoryRequirement === undefined || initial === undefined) return undefined;
  const addOns: readonly AddOn[] =
    more > 0 ? [{ parameter: 'concentration.largestNames', amount: more, rate: null }] : [];
  return { addOns, requirement, regulatoryRequirement, initial };
}

/** A multiple of whole cents, rounded up; decimal, so that 1.1 times 10,000 is 11,000. */
function multipleCents(cents: Cents, multiple: number): Cents | undefined {
  return multiple === 1 ? cents : exactCents(new Decimal(cents).times(multiple).ceil().toNumber());
}

import { type Cents, requirementCents } from '@app/portfolio';
import type { AccountMargin } from './account-margin.js';
import { profitAt, unitProfit } from './class-sums.js';
import type { MarginContext } from './holding.js';
import { namesLoss } from './largest-names.js';
import { groupKey } from './product-group.js';
import { strategyPerUnit } from './strategy-position.js';
import { type TradedSymbol, tradedSymbols } from './traded-symbol.js';
import type { JoinedOrders, WorstFound } from './worst-search.js';

/*
 * What stands above class groups while working orders fill. Offsets only ever lower what class groups require standing
 * alone, so their sum bounds it; where offsets turn out to give nothing, the bound is reached.
 */

/** What class groups and groups that no part touches require; of a group that one touches, the others standing alone. */
export function untouchedRequirement(before: AccountMargin, parts: readonly JoinedOrders[]): Cents {
  const touched = new Set(parts.flatMap(({ classGroups }) => classGroups));
  const keys = touchedKeys(before, parts);
  let sum = 0;
  for (const group of before.classGroups.values()) {
    const key = groupKey(group);
    if (!touched.has(group.classGroup) && (key === null || keys.has(key))) sum += group.inForce.requirement;
  }
  for (const { key, inForce } of before.productGroups.values()) if (!keys.has(key)) sum += inForce.requirement;
  return sum + untouchedStrategies(before, parts);
}

function untouchedStrategies({ strategy, strategyPositions }: AccountMargin, parts: readonly JoinedOrders[]): Cents {
  const touched = parts.flatMap(({ strategies }) => strategies.map(({ line }) => line.underlying.symbol));
  return touched.reduce((sum, symbol) => sum - (strategyPositions.get(symbol)?.requirement ?? 0), strategy.requirement);
}

function touchedKeys(before: AccountMargin, parts: readonly JoinedOrders[]): ReadonlySet<string | null> {
  const lines = parts
    .flatMap(({ fills }) => fills.flatMap(({ holdings }) => holdings))
    .filter(({ strategy }) => strategy === null);
  const named = parts.flatMap(({ classGroups }) => classGroups.flatMap((name) => before.classGroups.get(name) ?? []));
  return new Set([...lines.map(({ underlying }) => groupKey(underlying)), ...named.map(groupKey)]);
}

/** What the largest names may lose at most, with what strategy rules ask beside it, whatever fills; nothing where no rule asks. */
export function mostLargestNamesLoss(
  before: AccountMargin,
  parts: readonly JoinedOrders[],
  { rules }: MarginContext,
): Cents {
  const { largestNames } = rules.account;
  if (largestNames === null) return 0;
  const names = new Set([...before.classGroups.keys(), ...parts.flatMap(({ classGroups }) => classGroups)]);
  const fills = parts.flatMap((part) => part.fills);
  const groups = [...names].map((name) => {
    const group = before.classGroups.get(name);
    const symbols = tradedSymbols(name, group, fills);
    const plan = group?.plan ?? symbols[0].line.plan;
    const lossAt = (which: 'large' | 'other', side: number): Cents => {
      const losses = plan.largestNames![which][side].map((place, k) => {
        const traded = symbols.map(({ line, traded: units }) => {
          const unit = line.mark.multiplier.toNumber() * unitProfit(line, line.plan.largestNames![which][side][k]);
          return units.reduce((sum, each) => sum + Math.max(0, -each * unit), 0);
        });
        return traded.reduce((sum, each) => sum + each, group === undefined ? 0 : -profitAt(group.sums, place));
      });
      return requirementCents(Math.max(0, ...losses)) ?? NaN;
    };
    return { large: [0, 1].map((side) => lossAt('large', side)), other: [0, 1].map((side) => lossAt('other', side)) };
  });
  const sides = [0, 1].map((side) => groups.map(({ large, other }) => ({ large: large[side], other: other[side] })));
  const strategies = parts.flatMap((part) => part.strategies).map(mostOfStrategy);
  const beside = strategies.reduce((sum, cents) => sum + cents, untouchedStrategies(before, parts));
  return beside + Math.max(...sides.map((side) => namesLoss(side, largestNames.names)));
}

function mostOfStrategy({ line, least, most }: TradedSymbol): Cents {
  const dollars = Math.max(most * strategyPerUnit(line, 1), -least * strategyPerUnit(line, -1));
  return requirementCents(dollars) ?? NaN;
}

/**
 * Whether the worst that was found is the worst there is: `after` is the account with what it fills. A part is, where
 * its worst piece is no bound, or where the class group owes as much as the bound says; the account is, where offsets
 * take nothing off the parts, and what the largest names may lose does not come to more.
 */
export function isWorst(
  { parts }: WorstFound,
  others: Cents,
  largestLoss: Cents,
  after: AccountMargin,
  costsCount: boolean,
): boolean {
  let sum = others;
  let most = 0;
  for (const { part, filled, most: dollars, isBound } of parts) {
    if (!part.links.isWhole) return false;
    const owed = part.classGroups.reduce(
      (cents, name) => cents + (after.classGroups.get(name)?.inForce.requirement ?? 0),
      part.strategies.reduce(
        (cents, { line }) => cents + (after.strategyPositions.get(line.underlying.symbol)?.requirement ?? 0),
        0,
      ),
    );
    const cost = costsCount ? filled.reduce((cents, fill) => cents + fill.cost, 0) : 0;
    const isReached = part.pieces.length === 1 && owed + cost >= (requirementCents(dollars) ?? Infinity);
    if (isBound && !isReached) return false;
    sum += owed;
    most += cost;
  }
  const allCosts = parts
    .flatMap(({ part }) => part.fills)
    .reduce((cents, fill) => cents + (costsCount ? fill.cost : 0), 0);
  return after.requirement >= sum && largestLoss + allCosts <= after.requirement + most;
}

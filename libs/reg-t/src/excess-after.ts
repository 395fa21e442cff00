import { byClassGroup } from '@app/market';
import { type Cents, equityCents, exactCents, marketValue, type Position } from '@app/portfolio';
import type { Decimal } from 'decimal.js';
import { isRegTGaps, regTGap, type RegTGaps } from './reg-t-gap.js';
import { type Boxed, leastRequirement } from './reg-t-group.js';
import { type RegTContext, type RegTHolding, regTHolding } from './reg-t-holding.js';
import { netHoldings, type RegTMargin } from './reg-t-margin.js';

const NOTHING_BOXED: Boxed = new Map();

export interface Excess {
  /** Cents. */
  readonly excess: Cents;
  /** The pairings looked for are proven least; else excess is this or more. */
  readonly isProven: boolean;
}

/**
 * The excess of `regTMarginAfter` alone: what a search asks for hundreds of times. Half the work, as no maintenance
 * requirement is looked for.
 */
export function excessAfter(
  before: RegTMargin,
  trades: readonly Position[],
  cashChange: Decimal,
  context: RegTContext,
  boxed: Boxed = NOTHING_BOXED,
): Excess | RegTGaps {
  const traded = trades.map((position) => regTHolding(position, context));
  const missing = traded.filter(isRegTGaps).flat();
  if (missing.length > 0) return missing;
  let { initial } = before;
  let isProven = true;
  let value = before.cash.plus(cashChange).plus(before.stockValue);
  for (const group of before.groups.values()) value = value.plus(group.initial.marginValue);
  for (const [name, members] of byClassGroup(traded as RegTHolding[])) {
    const old = before.groups.get(name);
    const holdings = netHoldings([...(old?.holdings ?? []), ...members], boxed);
    const least = leastRequirement(holdings, boxed, 'initial', context);
    if (least === undefined) return [regTGap('amount.too_large', holdings[0].position.symbol)];
    isProven &&= least.isOptimal;
    initial += least.requirement - (old?.initial.requirement ?? 0);
    value = value.plus(least.marginValue).minus(old?.initial.marginValue ?? 0);
  }
  for (const { instrument, position, mark } of traded as RegTHolding[]) {
    if (instrument.kind === 'UNDERLYING') value = value.plus(marketValue(position.quantity, mark));
  }
  const excess = excessCents(value, initial);
  return excess === undefined ? [regTGap('amount.too_large', null)] : { excess, isProven };
}

function excessCents(value: Decimal, initial: Cents): Cents | undefined {
  const equity = equityCents(value);
  return equity === undefined ? undefined : exactCents(equity - initial);
}

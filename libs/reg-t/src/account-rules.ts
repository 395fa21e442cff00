import { type Cents, exactCents } from '@app/portfolio';
import type { RegTRules } from '@app/rules';

/** What the sums of an account's strategy-based margin say, cents. */
export interface RegTStanding {
  readonly equity: Cents;
  readonly excess: Cents;
  readonly maintenanceExcess: Cents;
}

/**
 * The least equity of a margin account, cents: $2,000, or the full cost of what it holds if that is less; never under
 * its maintenance requirement (4210(b)(4)). `fullCost` is what the long positions would cost paid in full.
 */
export function leastEquity(maintenance: Cents, fullCost: Cents, rules: RegTRules): Cents {
  return Math.max(maintenance, Math.min(rules.accountMinimum.value * 100, fullCost));
}

/**
 * The special memorandum account after a day (12 CFR 220.5): what it was and what was added to it (+ deposits,
 * dividends, released margin; − withdrawals and what purchases took), and never less than the excess of the margin
 * account, to which it is marked up. Never negative: what is missing is a call.
 */
export function specialMemorandumAccount(
  before: Cents,
  entries: Cents,
  { excess }: Pick<RegTStanding, 'excess'>,
): Cents {
  return Math.max(0, before + entries, excess);
}

/**
 * Dollars of margin stock that can still be bought, in cents: limited by the initial requirement of what is bought and,
 * where memorandum entries exceed the account's own excess, by its maintenance. 0 without either.
 */
export function buyingPower(
  specialMemorandum: Cents,
  { maintenanceExcess }: Pick<RegTStanding, 'maintenanceExcess'>,
  rules: RegTRules,
): Cents | undefined {
  const initial = specialMemorandum / rules.longStockInitial.value;
  const maintenance = maintenanceExcess / rules.longStockMaintenance.value;
  return exactCents(Math.floor(Math.max(0, Math.min(initial, maintenance))));
}

/**
 * Dollars of stock that can be day-traded, in cents, from the maintenance excess at the previous close. Under the
 * earlier rule only with $25,000 of equity; under intraday margin without. During the phase-in a firm that has not
 * switched applies the earlier rule: `hasSwitched` and the valuation date decide.
 */
export function dayTradeBuyingPower(
  { equity, maintenanceExcess }: RegTStanding,
  rules: RegTRules,
  valuationDate: string,
  hasSwitched: boolean,
): Cents | undefined {
  const { value } = rules.dayTrading;
  const isIntraday = value.kind === 'INTRADAY_MARGIN' && (hasSwitched || valuationDate > value.phaseInEnds);
  const earlier = value.kind === 'INTRADAY_MARGIN' ? value.earlier : value;
  const multiple = isIntraday ? value.multiple : earlier.multiple;
  if (!isIntraday && equity < earlier.minimumEquity * 100) return 0;
  return exactCents(Math.max(0, maintenanceExcess) * multiple);
}

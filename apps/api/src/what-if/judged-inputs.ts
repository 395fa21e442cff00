import { createHash } from 'node:crypto';
import { type Gaps, type Hold, isGaps, NOTHING_HELD_BACK } from '@app/margin';
import type { WorkingOrder } from '@app/portfolio';
import type { AccountStanding, KeptText, StoredAccount } from '@app/store';
import { Decimal } from 'decimal.js';
import { AccountHolds } from './account-holds.js';
import { ordersFromText, ordersText } from './stored-orders.js';

/*
 * What an answer follows from beside the question, the snapshot and the house-rule book, as texts that are stored once
 * under their digest: the account as one version of it is, and the conditions it was judged under. An account that is
 * asked about a thousand times between two changes stores its positions once.
 */

/** The working reservations of an account that has none. */
export const NOTHING_WORKING = '[]';

const accountInputs = new WeakMap<StoredAccount, KeptText>();
const workingTexts = new WeakMap<Hold, string>();
const conditionInputs = new WeakMap<AccountStanding, { readonly working: string; readonly input: KeptText }>();

/** The account: its facts, its cash and its positions. Written once for each version of it. */
export function accountInput(account: StoredAccount): KeptText {
  const known = accountInputs.get(account);
  if (known !== undefined) return known;
  const { createdAt: _, updatedAt: __, cash, positions, ...facts } = account;
  // Neither a symbol nor a quantity has anything to escape.
  const held = positions.map(({ symbol, quantity }) => `["${symbol}","${quantity.toFixed()}"]`).join(',');
  const text = JSON.stringify({ ...facts, cash: cash.toFixed() });
  const input = judgedInput(`${text.slice(0, -1)},"positions":[${held}]}`);
  accountInputs.set(account, input);
  return input;
}

/** The reservations that count at `now` in `sum`, which is what they hold together: another set, another object. */
export function workingText(holds: AccountHolds, sum: Hold | Gaps, now: number): string {
  if (sum === NOTHING_HELD_BACK) return NOTHING_WORKING;
  const known = isGaps(sum) ? undefined : workingTexts.get(sum);
  if (known !== undefined) return known;
  const text = workingNow(holds, now);
  if (!isGaps(sum)) workingTexts.set(sum, text);
  return text;
}

/** The reservations that count at `now`, as text. */
export function workingNow(holds: AccountHolds, now: number): string {
  const working = [...holds.all()].filter(({ validUntil }) => validUntil > now);
  return JSON.stringify(working.map(({ id, orders }) => ({ id, orders: ordersText(orders) })));
}

/** The orders of such a text. */
export function workingOf(text: string): readonly WorkingOrder[] {
  return (JSON.parse(text) as ConditionsText['working']).flatMap(({ orders }) => ordersFromText(orders));
}

/** The house-rule book by the number of its last change, the margin call that is due first, and what is working. */
export function conditionsInput(standing: AccountStanding, working: string): KeptText {
  const known = conditionInputs.get(standing);
  if (known?.working === working) return known.input;
  const { houseRulesStamp, firstCall } = standing;
  const input = judgedInput(
    `{"houseRulesStamp":${houseRulesStamp},"firstCall":${JSON.stringify(firstCall)},"working":${working}}`,
  );
  conditionInputs.set(standing, { working, input });
  return input;
}

function judgedInput(text: string): KeptText {
  return { digest: createHash('sha256').update(text).digest('hex'), text };
}

/** What was stored, read back. */
export interface JudgedOn extends Pick<AccountStanding, 'houseRulesStamp' | 'firstCall'> {
  readonly account: StoredAccount;
  readonly holds: AccountHolds;
}

/** The two texts of an answer, in the order they were stored. */
export function judgedOn([accountText, conditionsText]: readonly string[]): JudgedOn {
  const { cash, positions, ...facts } = JSON.parse(accountText) as AccountText;
  const { houseRulesStamp, firstCall, working } = JSON.parse(conditionsText) as ConditionsText;
  const holds = new AccountHolds();
  for (const { id, orders } of working)
    holds.add({ id, orders: ordersFromText(orders), heldCents: 0, validUntil: Infinity });
  return {
    account: {
      ...facts,
      ...{ createdAt: LONG_AGO, updatedAt: LONG_AGO, cash: new Decimal(cash) },
      positions: positions.map(([symbol, quantity]) => ({ symbol, quantity: new Decimal(quantity) })),
    },
    ...{ holds, houseRulesStamp, firstCall },
  };
}

/** When an account was written is no part of its margin. */
const LONG_AGO = new Date(0);

type AccountText = Omit<StoredAccount, 'cash' | 'positions' | 'createdAt' | 'updatedAt'> & {
  readonly cash: string;
  readonly positions: readonly (readonly [string, string])[];
};

type ConditionsText = Pick<AccountStanding, 'houseRulesStamp' | 'firstCall'> & {
  readonly working: readonly { readonly id: string; readonly orders: string }[];
};

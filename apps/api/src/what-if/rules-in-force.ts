import { createHash } from 'node:crypto';
import type { CalendarDate } from '@app/market';
import { type EffectiveRules, effectiveRules, type HouseRule, regulatoryRules } from '@app/rules';
import { notComputable } from '../problems.js';

/** @throws Problem 422 before the first day any portfolio-margin rules were in force. */
export function rulesInForce(date: CalendarDate, houseRules: readonly HouseRule[]): EffectiveRules {
  const book = regulatoryRules(date);
  if (book !== undefined) return effectiveRules(book, houseRules, date, { digestOf });
  const code = 'rules.missing';
  const detail = 'No customer portfolio-margin rules are known for the valuation date.';
  throw notComputable(code, detail, [{ pointer: '/market/asOf', code, detail }]);
}

/** Enough of SHA-256 to tell one book of house rules from another. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

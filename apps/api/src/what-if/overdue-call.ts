import type { OverdueCall } from '@app/margin';
import type { CalendarDate } from '@app/market';
import { isOverdue } from '@app/rules';
import type { AccountStanding } from '@app/store';

/**
 * The margin call that bars orders on a market's date; null where none does. By the date of the prices a question is
 * judged on, not by a clock: the same question on the same prices has one answer.
 */
export function overdueCall({ firstCall }: Pick<AccountStanding, 'firstCall'>, on: CalendarDate): OverdueCall | null {
  return firstCall !== null && isOverdue(firstCall.dueOn, on) ? firstCall : null;
}

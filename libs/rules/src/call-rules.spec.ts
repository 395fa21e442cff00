import { businessDaysAfter } from '@app/market';
import { CALL_RULES, callDueDate, isOverdue, MARGIN_CALL_KINDS } from './call-rules.js';

describe('callDueDate', () => {
  it('counts business days: three, and two for what the house asks', () => {
    // A Tuesday before Juneteenth, which the exchange keeps on Friday.
    expect(MARGIN_CALL_KINDS.map((kind) => callDueDate(kind, '2026-06-16'))).toEqual([
      '2026-06-22',
      '2026-06-18',
      '2026-06-22',
      '2026-07-09',
    ]);
  });

  it('takes the rules it is given', () => {
    const businessDays = { ...CALL_RULES.businessDays, HOUSE: { ...CALL_RULES.businessDays.HOUSE, value: 1 } };
    expect(callDueDate('HOUSE', '2026-06-12', { ...CALL_RULES, businessDays })).toBe('2026-06-15');
  });
});

describe('isOverdue', () => {
  it('is so from the fourth business day on, not on the third', () => {
    const opened = '2026-06-12';
    const due = callDueDate('MARGIN_DEFICIENCY', opened);
    const days = [1, 2, 3, 4, 5].map((count) => businessDaysAfter(opened, count));
    expect(days.map((day) => isOverdue(due, day))).toEqual([false, false, false, true, true]);
  });
});

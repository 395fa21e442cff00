import { yearsToExpiry } from './years-to-expiry.js';

describe('yearsToExpiry', () => {
  const open = { valuationDate: '2026-08-21', afterClose: false };
  const closed = { valuationDate: '2026-08-21', afterClose: true };

  it('is calendar days over 365', () => {
    expect(yearsToExpiry(closed, '2027-08-21')).toBe(1);
    expect(yearsToExpiry(open, '2026-08-24')).toBe(3 / 365);
  });

  it('keeps one day on the expiry date until the close', () => {
    expect(yearsToExpiry(open, '2026-08-21')).toBe(1 / 365);
    expect(yearsToExpiry(closed, '2026-08-21')).toBe(0);
  });

  it('is unknown after expiry', () => {
    expect(yearsToExpiry(open, '2026-08-20')).toBeUndefined();
  });
});

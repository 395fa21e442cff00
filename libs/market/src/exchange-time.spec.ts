import { closingInstant, exchangeDate, isAfterClose } from './exchange-time.js';

describe('exchangeDate', () => {
  it('is the date in New York, in winter and in summer', () => {
    expect(exchangeDate('2007-02-23T21:00:00.000Z')).toBe('2007-02-23');
    expect(exchangeDate('2026-01-15T04:59:59.999Z')).toBe('2026-01-14');
    expect(exchangeDate('2026-01-15T05:00:00.000Z')).toBe('2026-01-15');
    expect(exchangeDate('2026-07-15T03:59:59.999Z')).toBe('2026-07-14');
    expect(exchangeDate('2026-07-15T04:00:00.000Z')).toBe('2026-07-15');
  });

  it('throws on what is no instant', () => {
    expect(() => exchangeDate('yesterday')).toThrow(RangeError);
  });
});

describe('isAfterClose', () => {
  it('turns at 16:00 New York: 21:00 UTC in winter, 20:00 in summer', () => {
    expect(isAfterClose('2007-02-23T20:59:59.999Z')).toBe(false);
    expect(isAfterClose('2007-02-23T21:00:00.000Z')).toBe(true);
    expect(isAfterClose('2026-08-21T19:59:59.999Z')).toBe(false);
    expect(isAfterClose('2026-08-21T20:00:00.000Z')).toBe(true);
  });

  it('belongs to its own exchange date: after midnight in New York the day is new', () => {
    expect(isAfterClose('2026-01-15T04:59:00.000Z')).toBe(true);
    expect(isAfterClose('2026-01-15T05:00:00.000Z')).toBe(false);
  });

  it('turns at 13:00 where the exchanges close early', () => {
    expect(isAfterClose('2026-11-27T17:59:00.000Z')).toBe(false);
    expect(isAfterClose('2026-11-27T18:00:00.000Z')).toBe(true);
    expect(isAfterClose('2025-07-03T16:59:00.000Z')).toBe(false);
    expect(isAfterClose('2025-07-03T17:00:00.000Z')).toBe(true);
  });
});

describe('closingInstant', () => {
  it('is 16:00 New York, in winter and in summer, and 13:00 where the close is early', () => {
    expect(closingInstant('2007-02-23')).toBe('2007-02-23T21:00:00.000Z');
    expect(closingInstant('2026-08-21')).toBe('2026-08-21T20:00:00.000Z');
    expect(closingInstant('2026-11-27')).toBe('2026-11-27T18:00:00.000Z');
    expect(closingInstant('2025-07-03')).toBe('2025-07-03T17:00:00.000Z');
  });
});

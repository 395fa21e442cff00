import {
  addDays,
  canonicalSymbol,
  daysBetween,
  isCalendarDate,
  osiSymbol,
  osiSymbolText,
  quoteFlags,
  quoteMid,
  quoteRow,
  zeroCurve,
  zeroRate,
  PLAIN_OPTION,
} from '@app/market';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';

const dates = fc.integer({ min: 0, max: 36_523 }).map((days) => addDays('2000-01-01', days));
const parts = fc.record({
  root: fc.stringMatching(/^[A-Z][A-Z0-9]{0,5}$/),
  expiry: dates,
  right: fc.constantFrom('CALL' as const, 'PUT' as const),
  strike: fc.integer({ min: 1, max: 99_999_999 }).map((thousandths) => thousandths / 1000),
});

describe('symbols', () => {
  it('come back from their text, padded or not', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const symbol = osiSymbolText(given);
        expect(osiSymbol(symbol)).toEqual({ ...given, symbol });
        expect(canonicalSymbol(symbol.replaceAll(' ', ''))).toBe(symbol);
      }),
    );
  });

  it('have one spelling: the canonical one is its own', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9 .^/-]{0,22}$/), (text) => {
        const canonical = canonicalSymbol(text);
        expect(canonical === undefined || canonicalSymbol(canonical) === canonical).toBe(true);
      }),
    );
  });
});

describe('calendar', () => {
  it('adds and counts days inversely', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -30_000, max: 30_000 }), (date, days) => {
        const other = addDays(date, days);
        expect(isCalendarDate(other)).toBe(true);
        expect(daysBetween(date, other)).toBe(days);
        expect(addDays(other, -days)).toBe(date);
        expect(Math.sign(days)).toBe(other > date ? 1 : other < date ? -1 : 0);
      }),
    );
  });
});

describe('rates', () => {
  const curves = fc
    .uniqueArray(fc.integer({ min: 1, max: 11_000 }), { minLength: 1, maxLength: 12 })
    .chain((days) =>
      fc
        .array(fc.double({ min: -0.05, max: 0.2, noNaN: true }), { minLength: days.length, maxLength: days.length })
        .map((rates) => days.toSorted((a, b) => a - b).map((day, i) => ({ days: day, rate: rates[i] }))),
    );

  it('stay between the lowest and the highest of their curve, and meet its points', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 0, max: 20_000 }), (curve, days) => {
        const rates = curve.map(({ rate }) => rate);
        const rate = zeroRate(curve, days)!;
        expect(rate).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-15);
        expect(rate).toBeLessThanOrEqual(Math.max(...rates) + 1e-15);
        for (const point of curve) expect(zeroRate(curve, point.days)).toBe(point.rate);
      }),
    );
  });

  it('of a flat par curve are flat: 2·ln(1 + y/2) at every half year', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 15, noNaN: true }), (percent) => {
        for (const { days, rate } of zeroCurve([{ tenorYears: 10, parYieldPercent: percent }])) {
          const halfYears = Math.round(days / 182.5);
          expect((rate * days) / 365).toBeCloseTo(halfYears * Math.log(1 + percent / 200), 10);
        }
      }),
    );
  });
});

describe('quotes', () => {
  const side = fc.option(
    fc.integer({ min: 0, max: 100_000 }).map((cents) => new Decimal(cents).dividedBy(100)),
    { nil: null },
  );
  const spots = fc.option(fc.double({ min: 0.01, max: 1e5, noNaN: true }), { nil: null });

  it('have a price exactly where no flag says that they have none, between bid and ask', () => {
    fc.assert(
      fc.property(parts, side, side, spots, (given, bid, ask, spot) => {
        const contract = {
          ...{ kind: 'OPTION' as const, symbol: osiSymbolText(given), underlying: given.root, right: given.right },
          ...{ expiry: given.expiry, strike: given.strike, exercise: 'AMERICAN' as const },
          ...{ multiplier: new Decimal(100), ...PLAIN_OPTION },
        };
        const flags = quoteFlags(contract, { bid, ask }, spot);
        const mid = quoteMid({ bid, ask });
        expect(flags.includes('NO_QUOTE') || flags.includes('MISSING_SIDE')).toBe(mid === null);
        expect(new Set(flags).size).toBe(flags.length);
        if (mid !== null && bid !== null && ask !== null) {
          expect(mid.greaterThan(0)).toBe(true);
          expect(mid.greaterThanOrEqualTo(Decimal.min(bid, ask)) && mid.lessThanOrEqualTo(Decimal.max(bid, ask))).toBe(
            true,
          );
          expect(flags.includes('CROSSED')).toBe(!bid.isZero() && bid.greaterThan(ask));
        }
      }),
    );
  });

  it('are refused as values, whatever a file holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('symbol', 'bid', 'ask'), fc.string({ unit: 'binary' })), (record) => {
        expect(['QUOTE', 'REFUSED']).toContain(quoteRow(record).kind);
      }),
    );
  });
});

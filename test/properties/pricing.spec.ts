import fc from 'fast-check';
import {
  type CashDividend,
  chainFamily,
  chainValue,
  type OptionTerms,
  impliedVolatility,
  optionValue,
} from '@app/pricing';

/** Error allowed where two American values are compared, as a fraction of the larger of spot and strike. */
const AMERICAN_ERROR = 2e-6;
const ROUNDING = 1e-12;

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const rate = fc.oneof(fc.constant(0), between(-0.02, 0.09));
const volatility = between(0.05, 1.2);
const spot = between(40, 250);

const dividends = (yearsToExpiry: number) =>
  fc
    .array(fc.record({ share: between(0.01, 1), amount: between(0.05, 2), rateContinuous: rate }), { maxLength: 3 })
    .map((rows) =>
      rows.map(({ share, ...row }) => ({ ...row, years: share * yearsToExpiry })).sort((a, b) => a.years - b.years),
    );

const american: fc.Arbitrary<OptionTerms> = between(0.003, 2.5).chain((yearsToExpiry) =>
  fc.record({
    right: fc.constantFrom('CALL' as const, 'PUT' as const),
    exercise: fc.constant('AMERICAN' as const),
    strike: fc.constant(100),
    yearsToExpiry: fc.constant(yearsToExpiry),
    rateContinuous: rate,
    dividendYield: rate,
    dividends: fc.oneof(fc.constant([]), dividends(yearsToExpiry)),
  }),
);
const asEuropean = (terms: OptionTerms): OptionTerms => ({ ...terms, exercise: 'EUROPEAN' });
const either = fc.oneof(american, american.map(asEuropean));
const allowance = (terms: OptionTerms, price: number) =>
  (terms.exercise === 'AMERICAN' ? AMERICAN_ERROR : ROUNDING) * Math.max(price, terms.strike);
const discountedStrike = (terms: OptionTerms) => terms.strike * Math.exp(-terms.rateContinuous * terms.yearsToExpiry);
const presentValue = (row: CashDividend) => row.amount * Math.exp(-row.rateContinuous * row.years);
const discountedSpot = (terms: OptionTerms, price: number) => {
  const escrow = terms.dividends.reduce((sum, row) => sum + presentValue(row), 0);
  return Math.max(0, price - escrow) * Math.exp(-terms.dividendYield * terms.yearsToExpiry);
};

describe('option values', () => {
  it('of an American option are at least European and intrinsic', () => {
    fc.assert(
      fc.property(american, spot, volatility, (terms, S, vol) => {
        const value = optionValue(terms, S, vol);
        const intrinsic = terms.right === 'CALL' ? S - terms.strike : terms.strike - S;
        expect(value).toBeGreaterThanOrEqual(optionValue(asEuropean(terms), S, vol));
        expect(value).toBeGreaterThanOrEqual(Math.max(0, intrinsic));
      }),
    );
  });

  it('stay below what unlimited volatility gives', () => {
    fc.assert(
      fc.property(either, spot, fc.oneof(volatility, between(1, 100)), (terms, S, vol) => {
        const atExpiry = terms.right === 'CALL' ? discountedSpot(terms, S) : discountedStrike(terms);
        const escrow = terms.dividends.reduce((sum, row) => sum + presentValue(row), 0);
        const now = terms.right === 'CALL' ? S : terms.strike;
        const later = terms.right === 'CALL' ? atExpiry + Math.min(S, escrow) : atExpiry;
        const bound = terms.exercise === 'AMERICAN' ? Math.max(now, later) : atExpiry;
        expect(optionValue(terms, S, vol)).toBeLessThanOrEqual(bound * (1 + ROUNDING));
      }),
    );
  });

  it('rise with volatility; calls rise and puts fall with spot, by no more than the spot itself moves', () => {
    fc.assert(
      fc.property(either, spot, volatility, between(0.001, 0.3), (terms, S, vol, change) => {
        const value = optionValue(terms, S, vol);
        expect(optionValue(terms, S, vol + change)).toBeGreaterThanOrEqual(value - allowance(terms, S));
        const move = optionValue(terms, S * (1 + change), vol) - value;
        const sign = terms.right === 'CALL' ? 1 : -1;
        expect(sign * move).toBeGreaterThanOrEqual(-allowance(terms, S));
        const steepest = Math.max(1, Math.exp(-terms.dividendYield * terms.yearsToExpiry));
        expect(sign * move).toBeLessThanOrEqual(steepest * S * change + allowance(terms, S));
      }),
    );
  });

  it('are monotone and convex in the strike', () => {
    fc.assert(
      fc.property(either, spot, volatility, between(0.5, 20), (terms, S, vol, width) => {
        const [low, middle, high] = [-width, 0, width].map((shift) =>
          optionValue({ ...terms, strike: terms.strike + shift }, S, vol),
        );
        const sign = terms.right === 'CALL' ? -1 : 1;
        expect(sign * (high - low)).toBeGreaterThanOrEqual(-allowance(terms, S));
        expect(low - 2 * middle + high).toBeGreaterThanOrEqual(-2 * allowance(terms, S));
      }),
    );
  });

  it('grow with time to expiry if American and without cash dividends', () => {
    fc.assert(
      fc.property(american, spot, volatility, between(0.001, 1), (terms, S, vol, longer) => {
        const now = { ...terms, dividends: [] };
        const later = { ...now, yearsToExpiry: now.yearsToExpiry + longer };
        expect(optionValue(later, S, vol)).toBeGreaterThanOrEqual(optionValue(now, S, vol) - allowance(terms, S));
      }),
    );
  });

  it('of an American call are those of a put with spot and strike, rate and yield exchanged', () => {
    fc.assert(
      fc.property(american, spot, volatility, (terms, S, vol) => {
        const { strike, rateContinuous, dividendYield } = terms;
        const call = { ...terms, right: 'CALL', dividends: [] } as const;
        const exchanged = { strike: S, rateContinuous: dividendYield, dividendYield: rateContinuous };
        const put = { ...call, ...exchanged, right: 'PUT' } as const;
        const difference = optionValue(call, S, vol) - optionValue(put, strike, vol);
        expect(Math.abs(difference)).toBeLessThan(allowance(terms, S));
      }),
    );
  });

  it('move little with any small change: no step where the way of valuing changes', () => {
    fc.assert(
      fc.property(american, spot, volatility, between(-1e-6, 1e-6), (terms, S, vol, change) => {
        const moved = {
          ...terms,
          yearsToExpiry: terms.yearsToExpiry * (1 + Math.abs(change)),
          rateContinuous: terms.rateContinuous + change,
          dividendYield: terms.dividendYield - change,
        };
        const difference = optionValue(moved, S * (1 + change), vol * (1 - change)) - optionValue(terms, S, vol);
        expect(Math.abs(difference)).toBeLessThan(2e-5 * Math.max(S, terms.strike));
      }),
    );
  });

  it('in a chain are those of each option on its own', () => {
    fc.assert(
      fc.property(american, spot, volatility, (terms, S, vol) => {
        const difference = chainValue(chainFamily(terms), terms.strike, S, vol) - optionValue(terms, S, vol);
        expect(Math.abs(difference)).toBeLessThan(allowance(terms, S));
      }),
      { numRuns: 30 },
    );
  });

  it('keep put-call parity if European', () => {
    fc.assert(
      fc.property(american.map(asEuropean), spot, volatility, (terms, S, vol) => {
        const difference =
          optionValue({ ...terms, right: 'CALL' }, S, vol) - optionValue({ ...terms, right: 'PUT' }, S, vol);
        expect(Math.abs(difference - (discountedSpot(terms, S) - discountedStrike(terms)))).toBeLessThan(1e-10);
      }),
    );
  });

  it('scale with spot, strike and dividends together', () => {
    fc.assert(
      fc.property(either, spot, volatility, between(0.01, 100), (terms, S, vol, scale) => {
        const scaled = {
          ...terms,
          strike: terms.strike * scale,
          dividends: terms.dividends.map((row) => ({ ...row, amount: row.amount * scale })),
        };
        const value = optionValue(scaled, S * scale, vol);
        expect(Math.abs(value / scale - optionValue(terms, S, vol))).toBeLessThan(1e-7);
      }),
    );
  });
});

describe('implied volatility', () => {
  it('gives the price back, or says rightly that none does', () => {
    fc.assert(
      fc.property(either, spot, volatility, (terms, S, vol) => {
        const price = optionValue(terms, S, vol);
        const implied = impliedVolatility(terms, S, price);
        // On a grid a value moves by steps smaller than this as its nodes pass a kink.
        const near = terms.dividends.length === 0 ? 1e-10 : 1e-7;
        if (implied.kind === 'SOLVED') {
          expect(Math.abs(optionValue(terms, S, implied.volatilityAnnual) - price)).toBeLessThanOrEqual(near * S);
        } else {
          expect(implied.reason).toBe('AT_OR_BELOW_LOWER_BOUND');
          expect(price - optionValue(terms, S, 0)).toBeLessThanOrEqual(1e-7 * S);
        }
      }),
    );
  });

  it('is the volatility itself wherever the price depends on it', () => {
    fc.assert(
      fc.property(either, spot, volatility, (terms, S, vol) => {
        const price = optionValue(terms, S, vol);
        const vega = (optionValue(terms, S, vol + 1e-3) - optionValue(terms, S, vol - 1e-3)) / 2e-3;
        fc.pre(vega > 0.05 * S * Math.sqrt(terms.yearsToExpiry));
        const implied = impliedVolatility(terms, S, price);
        expect(implied.kind).toBe('SOLVED');
        if (implied.kind === 'SOLVED') expect(Math.abs(implied.volatilityAnnual - vol)).toBeLessThan(1e-5);
      }),
    );
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OptionTerms, optionValue } from '@app/pricing';
import { crrPrice } from '../support/crr.js';

/** Shapes of the rows of the case file this spec reads; the file holds other kinds too. */
interface PricingCase {
  readonly id: string;
  readonly kind: string;
  readonly inputs: {
    readonly spot: number;
    readonly strike: number;
    readonly T: number;
    readonly r: number;
    readonly q?: number;
    readonly vol?: number;
    readonly type?: 'call' | 'put';
    readonly style?: 'american' | 'european';
    readonly steps?: number;
    readonly callPrice?: number;
    readonly putPrice?: number;
  };
  readonly expected: { readonly price?: number; readonly european?: number; readonly pvDividends?: number };
  readonly tolerance: { readonly absolute: number };
}

const file = join(__dirname, '../../../shared/cases/margin-cases.json');
const cases: readonly PricingCase[] = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as PricingCase[]).filter((row) => row.kind === 'pricing')
  : [];
const valued = cases.filter((row) => row.expected.price !== undefined);
const parity = cases.filter((row) => row.expected.pvDividends !== undefined);

function terms({ inputs }: PricingCase): OptionTerms {
  return {
    right: inputs.type === 'call' ? 'CALL' : 'PUT',
    exercise: inputs.style === 'american' ? 'AMERICAN' : 'EUROPEAN',
    strike: inputs.strike,
    yearsToExpiry: inputs.T,
    rateContinuous: inputs.r,
    dividendYield: inputs.q ?? 0,
    dividends: [],
  };
}

if (cases.length === 0) {
  it.skip('pricing cases: skipped, ../shared/cases/margin-cases.json is not here', () => undefined);
} else {
  describe('pricing cases', () => {
    it('are all understood', () => {
      expect(valued.length + parity.length).toBe(cases.length);
    });

    it.each(valued)('$id', (row) => {
      const { spot, vol = NaN, steps } = row.inputs;
      const value = steps === undefined ? optionValue(terms(row), spot, vol) : crrPrice(terms(row), spot, vol, steps);
      expect(Math.abs(value - row.expected.price!)).toBeLessThanOrEqual(row.tolerance.absolute);
      if (row.expected.european !== undefined) {
        const european = optionValue({ ...terms(row), exercise: 'EUROPEAN' }, spot, vol);
        expect(Math.abs(european - row.expected.european)).toBeLessThanOrEqual(row.tolerance.absolute);
      }
    });

    it.each(parity)('$id: dividends taken from put-call parity bring the model back to the prices', (row) => {
      const { spot, strike, T, r, callPrice = NaN, putPrice = NaN } = row.inputs;
      const dividendsValue = spot - (callPrice - putPrice + strike * Math.exp(-r * T));
      expect(Math.abs(dividendsValue - row.expected.pvDividends!)).toBeLessThanOrEqual(row.tolerance.absolute);

      const years = T / 2;
      const dividends = [{ years, amount: dividendsValue * Math.exp(r * years), rateContinuous: r }];
      const put = { ...terms(row), right: 'PUT', dividends } as const;
      const call = { ...put, right: 'CALL' } as const;
      expect(optionValue(call, spot, 0.1) - optionValue(put, spot, 0.1)).toBeCloseTo(callPrice - putPrice, 8);
    });
  });
}

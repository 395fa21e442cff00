import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  chainArray,
  chainFamily,
  type ExerciseStyle,
  optionArray,
  optionReference,
  type OptionTerms,
  optionValue,
} from '@app/pricing';

interface Errors {
  readonly largest: number;
  readonly rootMeanSquare: number;
}

const folder = join(__dirname, '../../../shared/cases');
const isHere = existsSync(join(folder, 'pricing-grid.csv')) && existsSync(join(folder, 'pricing-dividends.json'));

function errors(values: readonly { readonly error: number; readonly unit: number }[]): Errors {
  const relative = values.map(({ error, unit }) => Math.abs(error) / unit);
  const meanSquare = relative.reduce((sum, error) => sum + error * error, 0) / relative.length;
  return { largest: Math.max(...relative), rootMeanSquare: Math.sqrt(meanSquare) };
}

interface GridOption {
  readonly terms: OptionTerms;
  readonly spot: number;
  readonly volatility: number;
  readonly european: number;
  readonly american: number;
}

/** 2,000 random options with continuous yields: id,type,S,K,r,q,vol,days,T,european,american,... */
function gridOptions(): GridOption[] {
  const lines = readFileSync(join(folder, 'pricing-grid.csv'), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [, type, ...numbers] = line.split(',');
    const [spot, strike, rateContinuous, dividendYield, volatility, , yearsToExpiry, european, american] =
      numbers.map(Number);
    const right = type === 'C' ? 'CALL' : 'PUT';
    const exercise = 'AMERICAN';
    const terms = { right, exercise, strike, yearsToExpiry, rateContinuous, dividendYield, dividends: [] } as const;
    return { terms, spot, volatility, european, american };
  });
}

/** Errors of every nth option over its strike. */
function gridErrors(exercise: ExerciseStyle, value = optionValue, nth = 1): Errors {
  return errors(
    gridOptions()
      .filter((_, i) => i % nth === 0)
      .map(({ terms, spot, volatility, european, american }) => {
        const reference = exercise === 'AMERICAN' ? american : european;
        return { error: value({ ...terms, exercise }, spot, volatility) - reference, unit: terms.strike };
      }),
  );
}

/** Largest error over the strike at 11 price moves by 3 volatility moves of every 40th option, against reference values. */
function shockedError(): number {
  let largest = 0;
  for (const { terms, spot, volatility } of gridOptions().filter((_, i) => i % 40 === 0)) {
    const spots = Float64Array.from({ length: 11 }, (_, i) => spot * (0.85 + 0.03 * i));
    const volatilities = Float64Array.of(0.75 * volatility, volatility, 1.25 * volatility);
    const [alone, chained] = [new Float64Array(33), new Float64Array(33)];
    optionArray(terms, spots, volatilities, alone);
    chainArray(chainFamily(terms), terms.strike, spots, volatilities, chained);
    alone.forEach((value, i) => {
      const reference = optionReference(terms, spots[i % 11], volatilities[Math.floor(i / 11)]);
      const error = Math.max(Math.abs(value - reference), Math.abs(chained[i] - reference));
      largest = Math.max(largest, error / terms.strike);
    });
  }
  return largest;
}

interface DividendCase {
  readonly model: 'escrowed' | 'spot';
  readonly type: 'call' | 'put';
  readonly S: number;
  readonly K: number;
  readonly r: number;
  readonly q: number;
  readonly vol: number;
  readonly T: number;
  readonly dividends: readonly (readonly [years: number, amount: number])[];
  readonly american: number;
  readonly european: number;
}

function dividendErrors(exercise: ExerciseStyle): Errors {
  const file = JSON.parse(readFileSync(join(folder, 'pricing-dividends.json'), 'utf8')) as {
    readonly cases: readonly DividendCase[];
  };
  const escrowed = file.cases.filter((row) => row.model === 'escrowed');
  return errors(
    escrowed.map((row) => {
      const terms: OptionTerms = {
        right: row.type === 'call' ? 'CALL' : 'PUT',
        exercise,
        strike: row.K,
        yearsToExpiry: row.T,
        rateContinuous: row.r,
        dividendYield: row.q,
        dividends: row.dividends.map(([years, amount]) => ({ years, amount, rateContinuous: row.r })),
      };
      const reference = exercise === 'AMERICAN' ? row.american : row.european;
      return { error: optionValue(terms, row.S, row.vol) - reference, unit: row.S };
    }),
  );
}

if (!isHere) {
  it.skip('pricing grid: skipped, ../shared/cases/pricing-grid.csv and pricing-dividends.json are not here', () =>
    undefined);
} else {
  describe('reference prices', () => {
    it('American: within 1e-6 of the strike always, 5e-8 typically', () => {
      const { largest, rootMeanSquare } = gridErrors('AMERICAN');
      expect(largest).toBeLessThan(1e-6);
      expect(rootMeanSquare).toBeLessThan(5e-8);
    });

    it('American, reference values: within 1e-8', () => {
      expect(gridErrors('AMERICAN', optionReference, 10).largest).toBeLessThan(1e-8);
    });

    it('European: to rounding', () => {
      expect(gridErrors('EUROPEAN').largest).toBeLessThan(1e-13);
    });

    it('American at shocked points: within 2e-6 of the strike, alone and in a chain', () => {
      expect(shockedError()).toBeLessThan(2e-6);
    });

    it('American with cash dividends: within 1e-6 of spot', () => {
      const { largest } = dividendErrors('AMERICAN');
      expect(largest).toBeLessThan(1e-6);
    });

    it('European with cash dividends: to the 10 digits printed', () => {
      expect(dividendErrors('EUROPEAN').largest).toBeLessThan(2e-10);
    });
  });
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExerciseStyle, type OptionTerms, optionValue } from '@app/pricing';

/** Errors are in units of the larger of spot and strike: a call's value, and its error, grow with spot / strike. */
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

/** 2,000 random options with continuous yields: id,type,S,K,r,q,vol,days,T,european,american,... */
function gridErrors(exercise: ExerciseStyle): Errors {
  const lines = readFileSync(join(folder, 'pricing-grid.csv'), 'utf8').trim().split('\n').slice(1);
  return errors(
    lines.map((line) => {
      const [, type, ...numbers] = line.split(',');
      const [spot, strike, rateContinuous, dividendYield, volatility, , yearsToExpiry, european, american] =
        numbers.map(Number);
      const right = type === 'C' ? 'CALL' : 'PUT';
      const terms = { right, exercise, strike, yearsToExpiry, rateContinuous, dividendYield, dividends: [] } as const;
      const reference = exercise === 'AMERICAN' ? american : european;
      return { error: optionValue(terms, spot, volatility) - reference, unit: Math.max(spot, strike) };
    }),
  );
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
      return { error: optionValue(terms, row.S, row.vol) - reference, unit: Math.max(row.S, row.K) };
    }),
  );
}

if (!isHere) {
  it.skip('pricing grid: skipped, ../shared/cases/pricing-grid.csv and pricing-dividends.json are not here', () =>
    undefined);
} else {
  describe('reference prices', () => {
    it('American: within 1.2e-4 always, 1e-5 typically', () => {
      const { largest, rootMeanSquare } = gridErrors('AMERICAN');
      expect(largest).toBeLessThan(1.2e-4);
      expect(rootMeanSquare).toBeLessThan(1e-5);
    });

    it('European: to 12 digits', () => {
      expect(gridErrors('EUROPEAN').largest).toBeLessThan(1e-12);
    });

    it('American with cash dividends: within 1.2e-4 always, 2e-5 typically', () => {
      const { largest, rootMeanSquare } = dividendErrors('AMERICAN');
      expect(largest).toBeLessThan(1.2e-4);
      expect(rootMeanSquare).toBeLessThan(2e-5);
    });

    it('European with cash dividends: to the 10 digits printed', () => {
      expect(dividendErrors('EUROPEAN').largest).toBeLessThan(2e-10);
    });
  });
}

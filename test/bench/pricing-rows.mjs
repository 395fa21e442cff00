// Options to measure: from a file in the columns of the reference grid, or drawn from a fixed seed.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';

/** npm runs scripts in the package's folder; a path on the command line is relative to where the user stands. */
export const given = (path) => resolve(process.env.INIT_CWD ?? '.', path);

/** Rows of id, type (C or P), S, K, r, q, vol, T in years or days, and where known european and american. */
export function rowsOf(path) {
  return parse(readFileSync(given(path), 'utf8'), { bom: true, columns: true, skip_empty_lines: true, trim: true });
}

const number = (text) => (text === undefined || text === '' ? NaN : Number(text));

/** A row as the library's terms, spot and volatility; throws where the type is neither call nor put. */
export function optionOf(row) {
  const right = { c: 'CALL', p: 'PUT' }[row.type?.charAt(0).toLowerCase()];
  if (right === undefined) throw new RangeError(`type must be C or P, got ${row.type}`);
  const years = number(row.T);
  const terms = {
    right,
    exercise: 'AMERICAN',
    strike: number(row.K),
    yearsToExpiry: Number.isNaN(years) ? number(row.days) / 365 : years,
    rateContinuous: number(row.r),
    dividendYield: number(row.q),
    dividends: [],
  };
  return {
    terms,
    spot: number(row.S),
    volatility: number(row.vol),
    european: number(row.european),
    american: number(row.american),
  };
}

/** Uniform numbers in [0, 1), the same on every machine: a linear congruential generator (Numerical Recipes). */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Options like those of the reference grid: every moneyness to 2.5 deviations, a day to three years, 5 to 150 %. */
export function randomOptions(count, seed) {
  const next = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    const yearsToExpiry = Math.ceil(1095 * next()) / 365;
    const volatility = 0.05 * Math.exp(Math.log(30) * next());
    const strike = 10 * Math.exp(Math.log(100) * next());
    const spot = strike * Math.exp((5 * next() - 2.5) * volatility * Math.sqrt(yearsToExpiry));
    const right = next() < 0.5 ? 'CALL' : 'PUT';
    const rateContinuous = -0.01 + 0.09 * next();
    const dividendYield = next() < 0.3 ? 0 : 0.08 * next();
    const style = { right, exercise: 'AMERICAN', strike, yearsToExpiry };
    return { terms: { ...style, rateContinuous, dividendYield, dividends: [] }, spot, volatility };
  });
}

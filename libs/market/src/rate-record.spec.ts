import { rateRow } from './rate-record.js';

const record = { date: '2026-08-21', curve: 'us_treasury_par_nominal', tenor_years: '0.25', par_yield_pct: '3.88' };

describe('rateRow', () => {
  it('reads a par yield', () => {
    expect(rateRow(record)).toEqual({
      kind: 'RATE',
      date: '2026-08-21',
      curve: 'us_treasury_par_nominal',
      parYield: { tenorYears: 0.25, parYieldPercent: 3.88 },
    });
    expect(rateRow({ ...record, curve: undefined, par_yield_pct: '-0.5' })).toMatchObject({ curve: '', kind: 'RATE' });
  });

  it.each([
    [{ date: '21/08/2026' }, 'date', 'NOT_A_DATE'],
    [{ tenor_years: '0' }, 'tenor_years', 'OUT_OF_RANGE'],
    [{ tenor_years: '' }, 'tenor_years', 'MISSING'],
    [{ par_yield_pct: '388' }, 'par_yield_pct', 'OUT_OF_RANGE'],
    [{ par_yield_pct: 'n/a' }, 'par_yield_pct', 'NOT_A_DECIMAL'],
    [{ curve: 'a|b' }, 'curve', 'UNKNOWN_WORD'],
  ])('refuses %j for its %s', (change, column, code) => {
    expect(rateRow({ ...record, ...change })).toMatchObject({ kind: 'REFUSED', column, code });
  });
});

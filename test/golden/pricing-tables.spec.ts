import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionGreeks, optionReference, type OptionTerms, optionValue } from '@app/pricing';

/** A row of a published table: what its method gave, and the exact value it approximates where that is certified. */
interface TableRow {
  readonly id: string;
  readonly table: string;
  readonly kind: string;
  readonly style: 'american' | 'european';
  readonly type: 'call' | 'put';
  readonly S: number;
  readonly K: number;
  readonly r: number;
  readonly q: number;
  readonly vol: number;
  readonly T: number;
  readonly dividends?: readonly (readonly [years: number, amount: number])[];
  readonly published?: number;
  readonly publishedTol?: number;
  readonly exact?: number;
  readonly exactTol?: number;
}

const file = join(__dirname, '../../../shared/cases/pricing-cases.json');
const rows: readonly TableRow[] = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly TableRow[] }).cases
  : [];

function terms(row: TableRow): OptionTerms {
  return {
    right: row.type === 'call' ? 'CALL' : 'PUT',
    exercise: row.style === 'american' ? 'AMERICAN' : 'EUROPEAN',
    strike: row.K,
    yearsToExpiry: row.T,
    rateContinuous: row.r,
    dividendYield: row.q,
    dividends: (row.dividends ?? []).map(([years, amount]) => ({ years, amount, rateContinuous: row.r })),
  };
}

/** The row's price, or its early-exercise premium. */
function result(row: TableRow, value: typeof optionValue): number {
  const price = value(terms(row), row.S, row.vol);
  return row.kind === 'premium' ? price - optionValue({ ...terms(row), exercise: 'EUROPEAN' }, row.S, row.vol) : price;
}

/** What is listed anywhere; other rows last decades, or have volatilities of hundreds of percent. */
const isListed = ({ T, vol, r, q }: TableRow): boolean => T <= 5 && vol <= 2 && Math.max(r, q) <= 0.5;

const priced = rows.filter(({ kind, K }) => (kind === 'price' || kind === 'premium') && K > 0);
const certified = priced.filter(({ exact }) => exact !== undefined);
const unit = ({ S, K }: TableRow): number => Math.max(S, K);

if (rows.length === 0) {
  it.skip('pricing tables: skipped, ../shared/cases/pricing-cases.json is not here', () => undefined);
} else {
  describe('published tables', () => {
    it.each([...new Set(certified.map(({ table }) => table))])('%s: reference values are the exact ones', (table) => {
      for (const row of certified.filter((each) => each.table === table)) {
        const error = Math.abs(result(row, optionReference) - row.exact!);
        const tolerance = isListed(row) ? row.exactTol! : Math.max(row.exactTol!, 2e-7 * unit(row));
        expect({ id: row.id, isWithin: error <= tolerance, error }).toMatchObject({ isWithin: true });
      }
    });

    it.each([...new Set(certified.map(({ table }) => table))])('%s: values are within 1e-6', (table) => {
      for (const row of certified.filter((each) => each.table === table && each.T <= 100)) {
        const error = Math.abs(result(row, optionValue) - row.exact!);
        expect({ id: row.id, isWithin: error <= 1e-6 * unit(row), error }).toMatchObject({ isWithin: true });
      }
    });

    it('limits and regressions without an exact value are met', () => {
      // Bjerksund and Stensland's own approximation at no volatility to speak of, which is not the price.
      const others = priced.filter(
        ({ exact, table }) => exact === undefined && table !== 'haug1998-bjerksund-stensland',
      );
      expect(others.length).toBeGreaterThan(10);
      for (const row of others) {
        const tolerance = Math.max(row.publishedTol!, 1e-6 * unit(row));
        const error = Math.abs(result(row, optionValue) - row.published!);
        expect({ id: row.id, isWithin: error <= tolerance, error }).toMatchObject({ isWithin: true });
      }
    });

    it('greeks are those printed', () => {
      const greeks = rows.filter(({ kind }) => kind.startsWith('greek:'));
      expect(greeks.length).toBeGreaterThan(0);
      for (const row of greeks) {
        const found = optionGreeks(terms(row), row.S, row.vol);
        const elasticity = (found.delta * row.S) / found.value;
        const greek = { ...found, elasticity }[row.kind.slice('greek:'.length)];
        expect(Math.abs(greek! - row.published!)).toBeLessThanOrEqual(row.publishedTol!);
      }
    });
  });
}

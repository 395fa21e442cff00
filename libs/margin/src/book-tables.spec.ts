import { fillScenarioSums } from './aggregation.js';
import { bookSums, bookTables } from './book-tables.js';

/** Three accounts, the middle one empty, with numbers whose sums round. */
function book(points: number): ReturnType<typeof bookTables> {
  const tables = bookTables({ accounts: 3, positions: 9, instruments: 5, points });
  const { table, positions } = tables;
  for (let row = 0; row < 5; row++) {
    for (let point = 0; point < points; point++) {
      table.values[row * table.stride + point] = Math.sin(1 + row * 7 + point * 13);
    }
  }
  positions.starts.set([0, 4, 4, 9]);
  positions.rows.set([0, 4, 2, 1, 1, 3, 0, 4, 4]);
  positions.units.set([100.1, -200, 50, 1 / 3, -1, 300, 25.7, -7, 1e6]);
  return tables;
}

describe('bookSums', () => {
  it.each([1, 10, 16, 31, 60])('of %d points are, bit by bit, those of the loop in JavaScript', (points) => {
    const tables = book(points);
    const expected = new Float64Array(tables.sums.length);
    fillScenarioSums(tables.table, tables.positions, 0, 3, expected);
    tables.sums.fill(NaN);
    bookSums(tables)(0, 3);
    expect([...tables.sums]).toEqual([...expected]);
    expect(expected.some((sum) => sum !== 0)).toBe(true);
  });

  it('writes only the accounts it is asked for', () => {
    const tables = book(10);
    tables.sums.fill(NaN);
    bookSums(tables)(1, 2);
    const written = [...tables.sums].map((sum, i) => (Number.isNaN(sum) ? -1 : Math.floor(i / tables.table.stride)));
    expect(new Set(written)).toEqual(new Set([-1, 1]));
  });
});

describe('bookTables', () => {
  it('refuses a book beyond its addresses', () => {
    expect(() => bookTables({ accounts: 1e7, positions: 1e8, instruments: 1e6, points: 31 })).toThrow(RangeError);
  });
});

import type { Client } from 'pg';
import { EXAMPLES_AT_MOST, type ReportKeeper } from './report-keeper.js';
import { CONFLICT, IDENTICAL } from './unique-rows.js';

interface Gone {
  readonly line: number;
  readonly symbol: string;
  readonly conflict: boolean;
  /** Rows in all that this example stands among. */
  readonly total: number;
}

/** The first examples of each sort, and how many there are. */
const COUNTED = `
  SELECT line, symbol, conflict, total::int FROM (
    SELECT line, symbol, conflict, count(*) OVER sort AS total, row_number() OVER (sort ORDER BY line) AS place
    FROM gone WINDOW sort AS (PARTITION BY conflict)
  ) ranked WHERE place <= ${EXAMPLES_AT_MOST} ORDER BY line`;

// Content is canonical, so that two rows say the same exactly where it is the same.
const repeated = (table: string): string => `
  WITH doubled AS (
    SELECT symbol, min(line) AS first, min(content) <> max(content) AS conflict
    FROM ${table} GROUP BY symbol HAVING count(*) > 1
  ), gone AS (
    DELETE FROM ${table} t USING doubled d
    WHERE t.symbol = d.symbol AND (d.conflict OR t.line <> d.first)
    RETURNING t.line, t.symbol, d.conflict
  ) ${COUNTED}`;

const ORPHANS = `
  WITH gone AS (
    DELETE FROM staged_quotes q WHERE NOT EXISTS (SELECT FROM staged_contracts c WHERE c.symbol = q.symbol)
    RETURNING q.line, q.symbol, true AS conflict
  ) ${COUNTED}`;

const UNQUOTED = `
  WITH gone AS (
    SELECT line, symbol, false AS conflict
    FROM staged_contracts c WHERE NOT EXISTS (SELECT FROM staged_quotes q WHERE q.symbol = c.symbol)
  ) ${COUNTED}`;

/** Makes the staged rows agree: one contract and at most one quote a symbol, no quote of nothing. */
export async function reconcile(client: Client, keeper: ReportKeeper): Promise<void> {
  await client.query('ANALYZE staged_contracts; ANALYZE staged_quotes');
  for (const file of ['instruments', 'quotes'] as const) {
    const gone = await run(client, repeated(file === 'quotes' ? 'staged_quotes' : 'staged_contracts'));
    gone.conflict.forEach(({ line, symbol }, i) => {
      keeper.refuse({ file, line, symbol, ...CONFLICT }, share(gone.conflict, i));
    });
    gone.other.forEach(({ line, symbol }, i) => {
      keeper.note({ file, line, symbol, ...IDENTICAL }, share(gone.other, i));
    });
  }
  const orphans = (await run(client, ORPHANS)).conflict;
  orphans.forEach(({ line, symbol }, i) => {
    const detail = 'no contract of this symbol was taken';
    const remark = { file: 'quotes', line, symbol, column: 'symbol', code: 'QUOTE_WITHOUT_CONTRACT', detail } as const;
    keeper.refuse(remark, share(orphans, i));
  });
  const unquoted = (await run(client, UNQUOTED)).other;
  unquoted.forEach(({ line, symbol }, i) => {
    const detail = 'no quote of it was taken: it has no price';
    const remark = { file: 'instruments', line, symbol, column: null, code: 'CONTRACT_WITHOUT_QUOTE', detail } as const;
    keeper.note(remark, share(unquoted, i));
  });
}

async function run(client: Client, sql: string): Promise<{ readonly conflict: Gone[]; readonly other: Gone[] }> {
  const { rows } = await client.query<Gone>(sql);
  return { conflict: rows.filter(({ conflict }) => conflict), other: rows.filter(({ conflict }) => !conflict) };
}

/** Each example counts for itself; the last one also for those that are not among the examples. */
function share(examples: readonly Gone[], index: number): number {
  return index === examples.length - 1 ? examples[index].total - index : 1;
}

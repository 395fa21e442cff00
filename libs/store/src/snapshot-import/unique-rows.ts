import type { ReportKeeper } from './report-keeper.js';
import type { SnapshotFileName } from './snapshot-files.js';

export interface KeyedRow {
  readonly key: string;
  /** Two rows of one key and one content say the same. */
  readonly content: string;
  readonly symbol: string | null;
  readonly line: number;
}

/**
 * One row a key, in the file's order: repeated ones are noted and taken once; of those that contradict each other none
 * is taken, since nothing tells which is right.
 */
export function uniqueRows<Row extends KeyedRow>(
  rows: readonly Row[],
  file: SnapshotFileName,
  keeper: ReportKeeper,
): readonly Row[] {
  return [...groupedBy(rows, ({ key }) => key).values()].flatMap((group) => {
    const [first, ...others] = group;
    if (others.every(({ content }) => content === first.content)) {
      for (const { line, symbol } of others) keeper.note({ file, line, symbol, ...IDENTICAL });
      return [first];
    }
    for (const { line, symbol } of group) keeper.refuse({ file, line, symbol, ...CONFLICT });
    return [];
  });
}

/** Groups in the order of their first members. */
export function groupedBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

export const IDENTICAL = {
  code: 'DUPLICATE_IDENTICAL',
  column: null,
  detail: 'an earlier row says the same; taken once',
} as const;
export const CONFLICT = {
  code: 'DUPLICATE_CONFLICT',
  column: null,
  detail: 'another row of the same key says something else; none of them is taken',
} as const;

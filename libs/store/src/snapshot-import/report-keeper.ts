import type { FileCount, ImportReport, RemarkCount, RowNoteCode, RowRefusalCode, RowRemark } from './import-report.js';
import type { ImpliedForward } from './implied-forwards.js';
import type { OptionTally } from './option-tally.js';
import type { SnapshotFileName } from './snapshot-files.js';
import type { UnderlyingTally } from './underlying-tally.js';

/** Examples of each sort that a report keeps: enough to see what is wrong with a file, bounded whatever comes. */
export const EXAMPLES_AT_MOST = 1_000;

/** Counts while rows stream past: every one of them, and keeps the first as examples. */
export class ReportKeeper {
  private readonly rows = new Map<SnapshotFileName, number>();
  private readonly refusals = new Remarks<RowRefusalCode>();
  private readonly notes = new Remarks<RowNoteCode>();

  countRows(file: SnapshotFileName, rows: number): void {
    this.rows.set(file, (this.rows.get(file) ?? 0) + rows);
  }

  /** `rows` above 1 where one example stands for several lines. */
  refuse(remark: RowRemark<RowRefusalCode>, rows = 1): void {
    this.refusals.add(remark, rows);
  }

  note(remark: RowRemark<RowNoteCode>, rows = 1): void {
    this.notes.add(remark, rows);
  }

  get refusedRows(): number {
    return this.refusals.total();
  }

  taken(file: SnapshotFileName): number {
    return this.fileCount(file).taken;
  }

  report(tally: OptionTally, underlyings: UnderlyingTally, impliedForwards: readonly ImpliedForward[]): ImportReport {
    return {
      files: Object.fromEntries([...this.rows.keys()].map((file) => [file, this.fileCount(file)])),
      refused: this.refusals.counts(),
      refusedExamples: this.refusals.examples,
      notes: this.notes.counts(),
      noteExamples: this.notes.examples,
      underlyings,
      impliedForwards,
      ...tally,
    };
  }

  private fileCount(file: SnapshotFileName): FileCount {
    const rows = this.rows.get(file) ?? 0;
    const refused = this.refusals.total(file);
    const repeated = this.notes.total(file, 'DUPLICATE_IDENTICAL');
    return { rows, taken: rows - refused - repeated, refused, repeated };
  }
}

class Remarks<Code extends string> {
  readonly examples: RowRemark<Code>[] = [];
  private readonly byKey = new Map<string, { file: SnapshotFileName; code: Code; count: number }>();

  add(remark: RowRemark<Code>, rows: number): void {
    const key = `${remark.file} ${remark.code}`;
    const known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, { file: remark.file, code: remark.code, count: rows });
    else known.count += rows;
    if (rows > 0 && this.examples.length < EXAMPLES_AT_MOST) this.examples.push(remark);
  }

  total(file?: SnapshotFileName, code?: Code): number {
    return [...this.byKey.values()]
      .filter((entry) => (file === undefined || entry.file === file) && (code === undefined || entry.code === code))
      .reduce((sum, { count }) => sum + count, 0);
  }

  /** In the order of their names, which no scheduling disturbs. */
  counts(): RemarkCount<Code>[] {
    return [...this.byKey.keys()].sort().map((key) => ({ ...this.byKey.get(key)! }));
  }
}

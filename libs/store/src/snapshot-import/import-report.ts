import type { RefusalCode, UnderlyingNote } from '@app/market';
import type { ImpliedForward } from './implied-forwards.js';
import type { OptionTally } from './option-tally.js';
import type { SnapshotFileName } from './snapshot-files.js';
import type { UnderlyingTally } from './underlying-tally.js';

/** Why a row was not taken: what a row says against itself, and what the other rows say against it. */
export type RowRefusalCode =
  | RefusalCode
  | 'COLUMN_COUNT' // more or fewer fields than the header
  | 'LINE_BREAK' // a quotation mark that swallowed the end of its line
  | 'OTHER_DATE' // not of the snapshot's date
  | 'UNKNOWN_UNDERLYING'
  | 'QUOTE_WITHOUT_CONTRACT'
  | 'DUPLICATE_CONFLICT'; // several rows of one key that differ: none is taken

/** What was taken, though not as it stood or not as it should be. */
export type RowNoteCode =
  | UnderlyingNote
  | 'NAME_UNUSABLE' // too long or with control characters: the symbol stands in
  | 'DUPLICATE_IDENTICAL' // taken once
  | 'CONTRACT_WITHOUT_QUOTE' // taken without a price
  | 'CONTRACT_EXPIRED' // before the snapshot's date: it can be named, not valued
  | 'MARK_ROUNDED'; // the middle of the quote has more than ten decimals

/** One row of a file that was refused or noted. Nothing of it is repeated but a symbol that has been checked. */
export interface RowRemark<Code extends string> {
  readonly file: SnapshotFileName;
  /** Of the file, the header being 1; for a refused run of lines the last of them. */
  readonly line: number;
  readonly code: Code;
  /** Null where the row as a whole is meant. */
  readonly column: string | null;
  readonly symbol: string | null;
  readonly detail: string;
}

export interface RemarkCount<Code extends string> {
  readonly file: SnapshotFileName;
  readonly code: Code;
  readonly count: number;
}

export interface FileCount {
  /** Lines below the header that are not empty: taken + refused + repeated. */
  readonly rows: number;
  readonly taken: number;
  readonly refused: number;
  /** Identical to a row that is counted as taken. */
  readonly repeated: number;
}

/** What became of every row of an import. Counts are whole; examples are the first of each file. */
export interface ImportReport extends OptionTally {
  readonly files: Readonly<Partial<Record<SnapshotFileName, FileCount>>>;
  readonly refused: readonly RemarkCount<RowRefusalCode>[];
  readonly refusedExamples: readonly RowRemark<RowRefusalCode>[];
  readonly notes: readonly RemarkCount<RowNoteCode>[];
  readonly noteExamples: readonly RowRemark<RowNoteCode>[];
  /** Absent from reports of versions that did not count it. */
  readonly underlyings?: UnderlyingTally;
  /** Of chains whose underlying has no known yield; absent from reports of versions that made none. */
  readonly impliedForwards?: readonly ImpliedForward[];
}

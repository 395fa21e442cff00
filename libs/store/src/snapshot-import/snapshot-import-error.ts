export type SnapshotImportErrorCode =
  | 'file.missing'
  | 'file.ambiguous' // both x.csv and x.csv.gz
  | 'file.unreadable' // a broken gz, a quotation mark that is never closed, a line of no end
  | 'file.tooLong'
  | 'columns.missing'
  | 'columns.repeated'
  | 'rates.missing'
  | 'rates.ambiguous' // several dates and no stated instant, or several curves
  | 'rates.unusable' // no discount curve explains them
  | 'underlyings.missing'
  | 'contracts.missing'
  | 'asOf.invalid'
  | 'feed.invalid';

/**
 * A snapshot is refused whole and nothing of it is stored. The message is for people and fit to be shown as it is: it
 * holds names of files and of columns this house knows, and nothing of what stands in the files.
 */
export class SnapshotImportError extends Error {
  override readonly name = 'SnapshotImportError';

  constructor(
    readonly code: SnapshotImportErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

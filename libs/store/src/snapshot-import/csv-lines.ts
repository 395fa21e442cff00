import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, type Info, parse } from 'csv-parse';
import { type CsvRecord, missingColumns } from '@app/market';
import type { SnapshotFileName } from './snapshot-files.js';
import { SnapshotImportError } from './snapshot-import-error.js';

/** One record of a file, with what is wrong with its shape. */
export interface CsvLine {
  readonly record: CsvRecord;
  /** Its last line, the header being 1. */
  readonly line: number;
  /** Lines it spans: above 1 where a quotation mark swallowed line ends. */
  readonly lines: number;
  /** False where it has more or fewer fields than the header. */
  readonly isWhole: boolean;
}

export interface CsvFile {
  readonly name: SnapshotFileName;
  readonly path: string;
  readonly columns: readonly string[];
  /** Bytes after decompression at most; a gz of a few kB can hold gigabytes. */
  readonly bytesMax?: number;
  /** Told of every piece of the file as it is read: bytes as they lie on the disk. */
  readonly onBytes?: (bytes: number) => void;
}

/** A line of a snapshot has some hundred bytes: more is a quotation mark that is never closed. */
const RECORD_BYTES_MAX = 65_536;

/** The records of a file in order, read as they are asked for. Throws SnapshotImportError where the file is no such file. */
export async function* csvLines(file: CsvFile): AsyncGenerator<CsvLine> {
  let hasHeader = false;
  const parser = parse({
    bom: true,
    columns(header: string[]) {
      hasHeader = true;
      return checkedHeader(file, header);
    },
    info: true,
    max_record_size: RECORD_BYTES_MAX,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const unpacked = (await isGzip(file)) ? [createGunzip({ chunkSize: 1 << 18 })] : [];
  const bytes = createReadStream(file.path, { highWaterMark: 1 << 18 });
  // Its errors come out of the parser, which is destroyed with them.
  pipeline([bytes, ...unpacked, byteLimit(file), parser], () => undefined);
  // After the pipeline, so that no byte flows before it is there.
  bytes.on('data', (piece) => file.onBytes?.(piece.length));
  try {
    yield* withPlaces(parser);
    // An empty file has no header that could have been looked at.
    if (!hasHeader) checkedHeader(file, []);
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    bytes.destroy();
  }
}

async function* withPlaces(parser: AsyncIterable<{ record: CsvRecord; info: Info }>): AsyncGenerator<CsvLine> {
  let before = { lines: 1, empty_lines: 0, invalid_field_length: 0 };
  for await (const { record, info } of parser) {
    const lines = info.lines - before.lines - (info.empty_lines - before.empty_lines);
    yield { record, line: info.lines, lines, isWhole: info.invalid_field_length === before.invalid_field_length };
    before = info;
  }
}

function checkedHeader(file: CsvFile, header: readonly string[]): string[] {
  const columns = header.map((column) => column.trim());
  const missing = missingColumns(file.columns, columns);
  if (missing.length > 0) {
    throw new SnapshotImportError('columns.missing', `The ${file.name} file lacks the column ${missing.join(', ')}.`);
  }
  const repeated = file.columns.filter((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (repeated.length > 0) {
    throw new SnapshotImportError('columns.repeated', `The ${file.name} file has the column ${repeated[0]} twice.`);
  }
  return columns;
}

/** The first two bytes say it; the name of an uploaded file need not. */
async function isGzip(file: CsvFile): Promise<boolean> {
  const handle = await open(file.path).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function byteLimit(file: CsvFile): Transform {
  let left = file.bytesMax ?? Number.POSITIVE_INFINITY;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      left -= piece.length;
      const error = new SnapshotImportError('file.tooLong', `The ${file.name} file is too long.`);
      if (left < 0) done(error);
      else done(null, piece);
    },
  });
}

function unreadable(file: CsvFile, error: unknown): Error {
  if (error instanceof SnapshotImportError) return error;
  const { code } = error as NodeJS.ErrnoException;
  const isOfFile = error instanceof CsvError || /^(?:Z_|E[A-Z]+$|ERR_STREAM)/.test(code ?? '');
  if (!isOfFile) return error as Error;
  const why =
    error instanceof CsvError ? 'it is no CSV file' : code?.startsWith('Z_') ? 'its gzip is broken' : String(code);
  return new SnapshotImportError('file.unreadable', `The ${file.name} file cannot be read: ${why}.`, { cause: error });
}

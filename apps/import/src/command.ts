import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Command {
  readonly folder: string;
  /** The folder's name: where the snapshot says it is from. */
  readonly source: string;
  readonly feed: string;
  readonly asOf: string | undefined;
  readonly reportFile: string | undefined;
  readonly comparesCopy: boolean;
}

export const USAGE = `Usage: npm run import -- <folder> [options]

  <folder>            instruments, quotes, underlyings, rates and, if there are any, dividends and futures: each .csv or
                      .csv.gz
  --feed NAME         the market feed the snapshot belongs to (default: main)
  --as-of INSTANT     when the prices were, as 2026-08-21T20:00:00Z (default: the close of the rates' date)
  --report FILE       writes the whole report as JSON
  --compare-copy      also measures a plain COPY of the same rows
  --help

The database is DATABASE_URL, else the embedded one of MARGIN_DATA_DIR, running or not.`;

/** The command line cannot be read; the message says what is wrong with it. */
export class UsageError extends Error {}

/** Undefined where help is asked for. */
export function command(words: readonly string[]): Command | undefined {
  const { values, positionals } = parsed(words);
  if (values.help) return undefined;
  if (positionals.length !== 1) throw new UsageError('Name one folder.');
  const folder = resolve(positionals[0]);
  return {
    folder,
    source: basename(folder),
    feed: values.feed,
    asOf: values['as-of'],
    reportFile: values.report,
    comparesCopy: values['compare-copy'],
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        feed: { type: 'string', default: 'main' },
        'as-of': { type: 'string' },
        report: { type: 'string' },
        'compare-copy': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

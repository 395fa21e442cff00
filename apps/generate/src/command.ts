import { parseArgs } from 'node:util';

export interface GenerateCommand {
  readonly act: 'GENERATE';
  readonly accounts: number;
  readonly positions: number;
  readonly seed: number;
  /** A snapshot's id, or undefined for the latest. */
  readonly snapshotId: string | undefined;
  readonly desks: readonly string[];
  readonly deficitShare: number;
}

export interface RemoveCommand {
  readonly act: 'REMOVE';
  /** Undefined: of every seed. */
  readonly seed: number | undefined;
}

export type Command = GenerateCommand | RemoveCommand | { readonly act: 'HELP' };

export const USAGE = `Usage: npm run generate -- [options]

  --accounts N        how many accounts (default: 1000)
  --positions M       positions of each (default: 50)
  --seed S            the same seed on the same snapshot gives the same accounts (default: 1)
  --snapshot ID       the market they are built on: an id, or latest (default: latest)
  --desk NAME         the desk they belong to; several share them in turn (default: generated)
  --deficit SHARE     share of the accounts below their requirement, 0 to 1 (default: 0.03)
  --remove            takes generated accounts away instead: those of --seed, or without it all
  --help

Their ids are gen-<seed>-<number>. Accounts that are there already are never touched.
The database is DATABASE_URL, else the embedded one of MARGIN_DATA_DIR, running or not.`;

/** The command line cannot be read; the message says what is wrong with it. */
export class UsageError extends Error {}

const DESK = /^[\x21-\x7e]{1,64}$/;
const SNAPSHOT_ID = /^[0-9a-f]{64}$/;

export function command(words: readonly string[]): Command {
  const { help, remove, seed, ...asked } = parsed(words);
  if (help) return { act: 'HELP' };
  if (remove) return { act: 'REMOVE', seed: seed === undefined ? undefined : whole('seed', seed, 0, 2 ** 31 - 1) };
  if (asked.snapshot !== 'latest' && !SNAPSHOT_ID.test(asked.snapshot)) {
    throw new UsageError('--snapshot takes 64 hexadecimal digits, or latest.');
  }
  if (!asked.desk.every((desk) => DESK.test(desk)))
    throw new UsageError('--desk takes 1 to 64 characters without spaces.');
  return {
    act: 'GENERATE',
    accounts: whole('accounts', asked.accounts, 1, 9_999_999),
    positions: whole('positions', asked.positions, 1, 5_000),
    seed: whole('seed', seed ?? '1', 0, 2 ** 31 - 1),
    snapshotId: asked.snapshot === 'latest' ? undefined : asked.snapshot,
    desks: asked.desk,
    deficitShare: share(asked.deficit),
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name} takes a whole number from ${least} to ${most}.`);
}

function share(text: string): number {
  const value = /^\d(?:\.\d{1,6})?$/.test(text) ? Number(text) : NaN;
  if (value <= 1) return value;
  throw new UsageError('--deficit takes a number from 0 to 1.');
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        accounts: { type: 'string', default: '1000' },
        positions: { type: 'string', default: '50' },
        seed: { type: 'string' },
        snapshot: { type: 'string', default: 'latest' },
        desk: { type: 'string', multiple: true, default: ['generated'] },
        deficit: { type: 'string', default: '0.03' },
        remove: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

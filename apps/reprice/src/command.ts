import { parseArgs } from 'node:util';

export interface RepriceCommand {
  /** Undefined: the latest, of the feed or of any. */
  readonly snapshotId: string | undefined;
  readonly feed: string | undefined;
  readonly desk: string | null;
  readonly accountIds: readonly string[];
  readonly chunkSize: number;
  readonly priority: number;
  /** Computed here at the same time; 0 leaves all of it to workers that run elsewhere. */
  readonly threads: number | undefined;
  /** A file of house rules to compare with; undefined: no trial. */
  readonly rulesFile: string | undefined;
}

export const USAGE = `Usage: npm run reprice -- [options]

  --snapshot ID       an id, or latest (default: latest)
  --feed NAME         the latest of this feed
  --desk NAME         only the accounts of a desk
  --account ID        only this account; may be repeated
  --chunk N           accounts a worker takes at a time (default: 250)
  --intraday          goes before runs without it
  --threads N         chunks computed here at the same time (default: one a processor; 0: by workers elsewhere)
  --dry-run --rules FILE
                      compares with a run under the house rules in FILE, in the place of those in the book; nothing is
                      kept. FILE: a JSON list of rules, each with parameter and value and, where meant, classGroup,
                      productClass or symbol
  --help

Every account in scope is margined on the snapshot and under the rule book as it stands; see the summary.
Exit code: 0 all done, 3 some accounts could not be margined, 1 failed, 2 command line.
The database is DATABASE_URL, else the embedded one of MARGIN_DATA_DIR, running or not.`;

/** The command line cannot be read; the message says what is wrong with it. */
export class UsageError extends Error {}

const CHUNK_SIZE = 250;
/** Of runs in the course of a day, before those of the night. */
const INTRADAY_PRIORITY = 10;

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const SNAPSHOT_ID = /^[0-9a-f]{64}$/;

/** Undefined: help is asked for. */
export function command(words: readonly string[]): RepriceCommand | undefined {
  const asked = parsed(words);
  if (asked.help) return undefined;
  if (asked.snapshot !== 'latest' && !SNAPSHOT_ID.test(asked.snapshot)) {
    throw new UsageError('--snapshot takes 64 hexadecimal digits, or latest.');
  }
  if (asked.snapshot !== 'latest' && asked.feed !== undefined) throw new UsageError('--feed goes with latest only.');
  const ids = [...asked.account, ...(asked.desk === undefined ? [] : [asked.desk])];
  if (!ids.every((id) => ID.test(id))) throw new UsageError('--desk and --account take ids.');
  if (asked.desk !== undefined && asked.account.length > 0) throw new UsageError('Give --desk or --account, not both.');
  if (asked['dry-run'] !== (asked.rules !== undefined)) throw new UsageError('--dry-run and --rules go together.');
  return {
    snapshotId: asked.snapshot === 'latest' ? undefined : asked.snapshot,
    feed: asked.feed,
    desk: asked.desk ?? null,
    accountIds: [...new Set(asked.account)].sort(),
    chunkSize: whole('chunk', asked.chunk, 1, 100_000),
    priority: asked.intraday ? INTRADAY_PRIORITY : 0,
    threads: asked.threads === undefined ? undefined : whole('threads', asked.threads, 0, 999),
    rulesFile: asked.rules,
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name} takes a whole number from ${least} to ${most}.`);
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        snapshot: { type: 'string', default: 'latest' },
        feed: { type: 'string' },
        desk: { type: 'string' },
        account: { type: 'string', multiple: true, default: [] },
        chunk: { type: 'string', default: String(CHUNK_SIZE) },
        intraday: { type: 'boolean', default: false },
        threads: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        rules: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

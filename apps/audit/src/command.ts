import { parseArgs } from 'node:util';
import type { AuditHead } from '@app/store';

export type Command =
  { readonly act: 'VERIFY'; readonly entries: boolean; readonly kept: AuditHead | null } | { readonly act: 'HELP' };

export const USAGE = `Usage: npm run audit:verify -- [--entries] [--head SEQUENCE:HASH]

  --entries              print every entry that is as it was written
  --head SEQUENCE:HASH   a head that was printed before and kept elsewhere: it has to be in the log still
  --help

Reads the whole audit log, every hash computed anew, and prints its head: keep it where no administrator of the database
can change it. Exit code 0: whole. 1: not, and the first fault is named. The database is DATABASE_URL, else the embedded
one.

What is found: an entry changed, removed, put in or moved (by the chain); entries cut off the end, or a chain written
anew (by the heads recorded beside the log); the same where those were written anew too (by a head kept elsewhere, up to
its entry).`;

/** The command line cannot be read; the message says why. */
export class UsageError extends Error {}

const HEAD = /^([1-9]\d{0,9}):([0-9a-f]{64})$/;

/** @throws UsageError */
export function command(words: readonly string[]): Command {
  const { entries, head, help } = parsed(words);
  if (help) return { act: 'HELP' };
  return { act: 'VERIFY', entries, kept: head === undefined ? null : keptHead(head) };
}

function keptHead(text: string): AuditHead {
  const found = HEAD.exec(text);
  if (found === null)
    throw new UsageError('--head must be a number, a colon and 64 hexadecimal digits, as it was printed.');
  return { sequence: Number(found[1]), hash: found[2] };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        entries: { type: 'boolean', default: false },
        head: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

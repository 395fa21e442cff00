import { parseArgs } from 'node:util';
import type { ApiKeyDetails } from '@app/store';

export type Command =
  | { readonly act: 'CREATE'; readonly details: ApiKeyDetails }
  | { readonly act: 'LIST' }
  | { readonly act: 'REVOKE'; readonly id: string }
  | { readonly act: 'HELP' };

export const USAGE = `Usage: npm run key -- --name NAME --role desk|risk|admin [--desk DESK]
       npm run key -- --list
       npm run key -- --revoke ID

  --name NAME    who the key is for: 1 to 200 characters
  --role ROLE    desk: what-ifs and reads on its own desk's accounts; risk: all accounts; admin: everything
  --desk DESK    with --role desk, and only then: 1 to 64 letters, digits or . _ -
  --list         every key, without the keys themselves: only their hashes are stored
  --revoke ID    ends the key of this id; services that run refuse it within seconds
  --help

A new key is printed once, alone on standard output. The database is DATABASE_URL; the embedded one has the demo's keys.`;

/** The command line cannot be read; the message says everything that is wrong with it. */
export class UsageError extends Error {}

const ROLES = { desk: 'DESK', risk: 'RISK', admin: 'ADMIN' } as const;
const DESK = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws UsageError */
export function command(words: readonly string[]): Command {
  const { list, revoke, help, ...wanted } = parsed(words);
  if (help) return { act: 'HELP' };
  const creates = Object.values(wanted).some((value) => value !== undefined);
  if ([list, revoke !== undefined, creates].filter(Boolean).length !== 1) {
    throw new UsageError('Say what to do: create a key, --list or --revoke.');
  }
  if (list) return { act: 'LIST' };
  if (revoke === undefined) return { act: 'CREATE', details: details(wanted) };
  if (!UUID.test(revoke)) throw new UsageError('--revoke needs the id of a key, as --list shows it.');
  return { act: 'REVOKE', id: revoke };
}

function details({ name = '', role = '', desk }: { name?: string; role?: string; desk?: string }): ApiKeyDetails {
  const known = Object.hasOwn(ROLES, role) ? ROLES[role as keyof typeof ROLES] : undefined;
  const faults = [
    nameFault(name),
    known === undefined ? `--role must be one of ${Object.keys(ROLES).join(', ')}.` : deskFault(known, desk),
  ].filter((fault) => fault !== undefined);
  if (known === undefined || faults.length > 0) throw new UsageError(faults.join('\n'));
  return { name, role: known, desk: desk ?? null };
}

function nameFault(name: string): string | undefined {
  const isName = name.trim() !== '' && name.length <= 200 && !/[\0-\x1f\x7f]/.test(name);
  return isName ? undefined : '--name must have 1 to 200 characters, none of them a control character.';
}

function deskFault(role: ApiKeyDetails['role'], desk: string | undefined): string | undefined {
  if (role !== 'DESK') return desk === undefined ? undefined : '--desk is for --role desk only.';
  if (desk !== undefined && DESK.test(desk)) return undefined;
  return '--desk must name the desk in 1 to 64 letters, digits or . _ - and begin with a letter or digit.';
}

function parsed(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        name: { type: 'string' },
        role: { type: 'string' },
        desk: { type: 'string' },
        list: { type: 'boolean', default: false },
        revoke: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

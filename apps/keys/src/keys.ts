import { randomBytes } from 'node:crypto';
import { ApiKeyRepository, Database, type ListedApiKey, migrate } from '@app/store';
import type { Command } from './command.js';

/** As many as the hash that is stored of it has. */
const KEY_BYTES = 32;

/** What an act tells: a key goes to standard output alone, so that it can be piped into a secret store. */
export interface Told {
  readonly output: string;
  readonly note: string;
}

/** There is no key in use with the id to be revoked. */
export class NoSuchKeyError extends Error {}

/** Does what the command asks on the database at `url`, which a new key brings to the newest schema first, as its owner. */
export async function actOnKeys(
  command: Exclude<Command, { act: 'HELP' }>,
  url: string,
  ownerUrl = url,
): Promise<Told> {
  if (command.act === 'CREATE') await migrate(ownerUrl);
  const database = await Database.open(url, { connectionsMax: 1 });
  try {
    return await act(command, new ApiKeyRepository(database));
  } finally {
    await database.close();
  }
}

async function act(command: Exclude<Command, { act: 'HELP' }>, keys: ApiKeyRepository): Promise<Told> {
  switch (command.act) {
    case 'CREATE': {
      const key = randomBytes(KEY_BYTES).toString('base64url');
      await keys.save(key, command.details);
      return { output: key, note: 'This is the only time the key is shown. Send it as Authorization: Bearer <key>.' };
    }
    case 'LIST':
      return { output: (await keys.list()).map(keyLine).join('\n'), note: '' };
    case 'REVOKE': {
      if (!(await keys.revoke(command.id))) throw new NoSuchKeyError('No key in use has this id.');
      return { output: '', note: 'Revoked.' };
    }
  }
}

function keyLine({ id, role, desk, name, createdAt, revokedAt }: ListedApiKey): string {
  const state = revokedAt === null ? 'in use' : `revoked ${revokedAt.toISOString()}`;
  return [id, role.toLowerCase(), desk ?? '-', createdAt.toISOString(), state, name].join('\t');
}

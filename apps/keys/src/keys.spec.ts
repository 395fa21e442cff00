import { createHash } from 'node:crypto';
import { ApiKeyRepository, Database } from '@app/store';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { command, UsageError } from './command.js';
import { actOnKeys, NoSuchKeyError } from './keys.js';

describe('the command line for keys', () => {
  it('reads what to do', () => {
    expect(command(['--name', 'x', '--role', 'desk', '--desk', 'd1'])).toEqual({
      act: 'CREATE',
      details: { name: 'x', role: 'DESK', desk: 'd1' },
    });
    expect(command(['--name=x', '--role=admin'])).toMatchObject({ details: { role: 'ADMIN', desk: null } });
    expect(command(['--list'])).toEqual({ act: 'LIST' });
    expect(command(['--help'])).toEqual({ act: 'HELP' });
  });

  it.each([
    ['', /Say what to do/],
    ['--list --name x', /Say what to do/],
    ['--list --revoke 00000000-0000-4000-8000-000000000001', /Say what to do/],
    ['--revoke 5', /--revoke needs the id/],
    ['--name x', /--role must be one of desk, risk, admin/],
    ['--name x --role toString', /--role must be/],
    ['--name x --role desk', /--desk must name/],
    ['--name x --role desk --desk a:b', /--desk must name/],
    ['--name x --role risk --desk d1', /--desk is for --role desk only/],
    ['--role desk', /--name must have[^]*--desk must name/],
    ['--key x', /--key/],
    ['x', /x/],
  ])('refuses %j and says why', (line, reason) => {
    const read = () => command(line.split(' ').filter((word) => word !== ''));
    expect(read).toThrow(UsageError);
    expect(read).toThrow(reason);
  });
});

describe('keys on a database', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh.drop());

  const found = async (key: string) => {
    const database = await Database.open(fresh.url);
    try {
      return await new ApiKeyRepository(database).findByHash(createHash('sha256').update(key).digest('hex'));
    } finally {
      await database.close();
    }
  };

  it('are made, listed without themselves, and revoked once', async () => {
    const { output: key } = await actOnKeys(
      command(['--name', 'Ann', '--role', 'desk', '--desk', 'd1']) as never,
      fresh.url,
    );
    expect(key).toMatch(/^[\w-]{43}$/);
    const stored = await found(key);
    expect(stored).toMatchObject({ role: 'DESK', desk: 'd1' });

    const listed = (await actOnKeys({ act: 'LIST' }, fresh.url)).output;
    expect(listed).toMatch(new RegExp(`^${stored!.id}\tdesk\td1\t.*Z\tin use\tAnn$`));
    expect(listed).not.toContain(key);

    await actOnKeys({ act: 'REVOKE', id: stored!.id }, fresh.url);
    expect(await found(key)).toBeUndefined();
    expect((await actOnKeys({ act: 'LIST' }, fresh.url)).output).toContain('\trevoked 2');
    await expect(actOnKeys({ act: 'REVOKE', id: stored!.id }, fresh.url)).rejects.toThrow(NoSuchKeyError);
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { dataFolder, EmbeddedPostgresError, startEmbeddedPostgres } from '@app/store';
import { hasEnded, isAlive, postmaster } from '../../libs/store/src/postmaster.js';

const folder = join(tmpdir(), `marginal-test-${process.pid}-embedded`);
const pidFile = join(folder, 'postgres', 'postmaster.pid');

async function rows(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const start = () => startEmbeddedPostgres({ dataFolder: folder, settings: { fsync: 'off' } });

/** A number of a process that was and is no more. */
const deadPid = () => spawnSync('true').pid;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('startEmbeddedPostgres', () => {
  it('serves a database that the next start finds again', async () => {
    const first = await start();
    await rows(first.url, 'CREATE TABLE kept (id int)');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(await rows(second.url, `SELECT to_regclass('kept')::text AS found`)).toEqual([{ found: 'kept' }]);
    await second.stop();
    await second.stop();
  });

  it('refuses a folder that a living process uses', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(EmbeddedPostgresError);
    await expect(start()).rejects.toThrow(`${folder} is in use by process ${process.pid}`);
    expect(await rows(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await first.stop();
  });

  it('takes over from a process that died and left its server running', async () => {
    const first = await start();
    const options = join(folder, 'postgres', 'postmaster.opts');
    const text = readFileSync(options, 'utf8');
    writeFileSync(options, text.replace(/marginal-\d+/, `marginal-${deadPid()}`));
    const second = await start();
    expect(isAlive(first.pid)).toBe(false);
    expect(await rows(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it.each(['of a dead process', 'that another program has now'])('starts over a number %s', async (whose) => {
    writeFileSync(pidFile, `${whose === 'of a dead process' ? deadPid() : process.pid}\n${folder}/postgres\n`);
    const server = await start();
    expect(await rows(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('says in words what PostgreSQL did not like', async () => {
    const bad = startEmbeddedPostgres({ dataFolder: folder, settings: { no_such_setting: '1' } });
    await expect(bad).rejects.toThrow('unrecognized configuration parameter "no_such_setting"');
  });

  it('leaves no server behind a process that is killed', async () => {
    // Jest itself is the process: its global setup starts a server.
    const jest = join(process.cwd(), 'node_modules', 'jest', 'bin', 'jest.js');
    const child = spawn(process.execPath, [jest, '--runTestsByPath', join(__dirname, 'constraints.spec.ts')], {
      stdio: 'ignore',
      env: { ...process.env, TEST_DATABASE_URL: '' },
    });
    const server = await serverOf(child.pid!);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await hasEnded(server.pid, 10_000)).toBe(true);
    // Another run of the tests may have swept it already: its owner is dead.
    rmSync(server.folder, { recursive: true, force: true });
  });
});

async function serverOf(jestPid: number): Promise<{ readonly pid: number; readonly folder: string }> {
  const folders = ['/dev/shm', tmpdir()].map((parent) => join(parent, `marginal-test-${jestPid}`));
  for (;;) {
    for (const candidate of folders) {
      const server = postmaster(join(candidate, 'postgres'));
      if (server) return { pid: server.pid, folder: candidate };
    }
    await sleep(5);
  }
}

describe('dataFolder', () => {
  it('is the one asked for, or else the state directory', () => {
    expect(dataFolder({ MARGIN_DATA_DIR: '/data/margin', XDG_STATE_HOME: '/state' })).toBe('/data/margin');
    expect(dataFolder({ XDG_STATE_HOME: '/state' })).toBe('/state/marginal');
    expect(dataFolder({})).toMatch(/^\/.*\/marginal$/);
  });
});

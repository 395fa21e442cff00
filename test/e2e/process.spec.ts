import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasEnded, isAlive, postmaster } from '../../libs/store/src/postmaster.js';
import { isBuildCurrent } from '../support/compiled-files.js';

const ROOT = join(__dirname, '../..');
const MAIN = join(ROOT, 'dist/apps/api/src/main.js');
const STARTED_WITHIN_MS = 60_000;

interface Run {
  readonly child: ChildProcess;
  /** All it has printed. */
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

const children: ChildProcess[] = [];

function run(environment: Readonly<Record<string, string>>): Run {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
  const child = spawn(process.execPath, [MAIN], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text, ended: once(child, 'close').then(([code]) => code as number | null) };
}

/** Where it listens, once the whole first screen is there. */
async function started({ child, said }: Run): Promise<string> {
  const deadline = Date.now() + STARTED_WITHIN_MS;
  while (!said().includes('Ctrl-C stops it.')) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`it did not start:\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return /is running at (http:\S+)/.exec(said())![1];
}

/** What the line for a shell answers; where there is no curl, what it says is asked all the same. */
async function answerToLine(line: string): Promise<string> {
  if (spawnSync('curl', ['--version']).error === undefined) {
    return spawnSync('sh', ['-c', line], { encoding: 'utf8' }).stdout;
  }
  const [, url, authorization, body] = /^curl -s (\S+) -H 'Authorization: ([^']+)' -H '[^']+' -d '(.*)'$/.exec(line)!;
  const headers = { authorization, 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body })).text();
}

if (isBuildCurrent()) describe('the process', theProcess);
else it.skip('skipped, dist/ is not what the sources say: npm run build', () => undefined);

function theProcess(): void {
  const folder = mkdtempSync(join(tmpdir(), 'marginal-process-'));
  const data = join(folder, 'data');
  // PostgreSQL's own account has to pass through.
  chmodSync(folder, 0o755);
  const settings = { PORT: '0', MARGIN_DATA_DIR: data };
  const server = () => postmaster(join(data, 'postgres'));
  const authorization = 'Bearer demo-desk';

  afterAll(async () => {
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
    const left = server();
    if (left !== null) await hasEnded(left.pid, 15_000);
    rmSync(folder, { recursive: true, force: true });
  });

  let asked: { readonly id: string; readonly text: string };

  it('starts from nothing, shows a question that runs as printed, and ends on SIGTERM with all it started', async () => {
    const first = run(settings);
    const url = await started(first);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const line = first
      .said()
      .split('\n')
      .find((each) => each.startsWith('curl '))!;
    const text = await answerToLine(line);
    const answer = JSON.parse(text);
    expect(answer.decision).toBe('ACCEPT');
    for (const { before, after, change } of [answer.requirement, answer.equity, answer.excess]) {
      expect(first.said().replaceAll(/ +/g, ' ')).toContain(`${before} → ${after} (${change})`);
    }
    asked = { id: answer.id, text };
    const { pid } = server()!;
    expect(isAlive(pid)).toBe(true);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect([isAlive(pid), server()]).toEqual([false, null]);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  }, 90_000);

  it('goes on where it was, also after it was killed', async () => {
    const second = run(settings);
    const find = async (url: string) =>
      (await fetch(`${url}/v1/what-ifs/${asked.id}`, { headers: { authorization } })).text();
    expect(await find(await started(second))).toBe(asked.text);
    const { pid } = server()!;
    second.child.kill('SIGKILL');
    await second.ended;
    expect(await hasEnded(pid, 15_000)).toBe(true);
    const third = run(settings);
    expect(await find(await started(third))).toBe(asked.text);
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(0);
    expect(server()).toBeNull();
  }, 90_000);

  it.each([
    ['PORT', 'abc'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://secret@x/y'],
    ['MARGIN_MAX_SNAPSHOT_AGE_HOURS', '-1'],
  ])('refuses a wrong %s by its name', async (name, value) => {
    const refused = run({ ...settings, [name]: value });
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toContain(name);
    expect(refused.said()).not.toMatch(/secret|\bat .*\.js:/);
  });
}

import { Client } from 'pg';
import { Database, DEMO_BOOK, HouseRuleRepository } from '@app/store';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { command, UsageError } from './command.js';
import { verification } from './verification.js';

const HASH = 'a'.repeat(64);

describe('the command line of audit:verify', () => {
  it('reads what to do', () => {
    expect(command([])).toEqual({ act: 'VERIFY', entries: false, kept: null });
    expect(command(['--entries', '--head', `17:${HASH}`])).toEqual({
      act: 'VERIFY',
      entries: true,
      kept: { sequence: 17, hash: HASH },
    });
    expect(command(['--help'])).toEqual({ act: 'HELP' });
  });

  it.each(['--head 17', `--head 0:${HASH}`, `--head 17:${HASH.slice(1)}`, '--fix', 'x'])('refuses %j', (line) => {
    expect(() => command(line.split(' '))).toThrow(UsageError);
  });
});

describe('a verification', () => {
  let fresh: FreshDatabase;
  beforeEach(async () => {
    fresh = await freshDatabase();
    const database = await Database.open(fresh.url);
    const book = new HouseRuleRepository(database);
    for (const change of DEMO_BOOK) await book.change(() => change);
    await database.close();
  });
  afterEach(() => fresh.drop());

  /** As an administrator who takes the triggers off. */
  async function tamper(sql: string): Promise<void> {
    const owner = new Client({ connectionString: fresh.url });
    await owner.connect();
    await owner.query(`SET session_replication_role = replica; ${sql}`);
    await owner.end();
  }
  const verified = (kept: Parameters<typeof verification>[1] = null) => verification(fresh.url, kept, () => undefined);

  it('prints entries and head, and takes the head back', async () => {
    const told: string[] = [];
    const { isWhole, lines } = await verification(fresh.url, null, (line) => told.push(line));
    expect(isWhole).toBe(true);
    expect(told.map((line) => line.split('\t').slice(2, 6).join(' '))).toEqual(
      DEMO_BOOK.map(({ change, state, author }) => `${change.act} ${change.subject} ${state} ${author}`),
    );
    expect(lines[0]).toBe('whole: 5 entries');
    const [sequence, hash] = /^head: (\d+):([0-9a-f]{64})$/.exec(lines[1])!.slice(1);
    const kept = { sequence: Number(sequence), hash };
    expect((await verified(kept)).isWhole).toBe(true);
    await tamper('DELETE FROM audit_log WHERE sequence = 5; DELETE FROM audit_heads WHERE sequence = 5');
    expect((await verified()).isWhole).toBe(true);
    expect(await verified(kept)).toEqual({
      isWhole: false,
      lines: ['NOT WHOLE at entry 5: the log ends before this entry; the kept head is of 5', 'whole before: 4 entries'],
    });
  });

  it('names the first fault', async () => {
    await tamper(`UPDATE audit_log SET content = replace(content, '-0.3', '-0.2') WHERE sequence = 3`);
    expect(await verified()).toEqual({
      isWhole: false,
      lines: ['NOT WHOLE at entry 3: its content does not have its hash', 'whole before: 2 entries'],
    });
  });

  it('misses entries cut off the end', async () => {
    await tamper('DELETE FROM audit_log WHERE sequence > 3');
    expect((await verified()).lines[0]).toBe('NOT WHOLE at entry 4: the log ends before this entry, but had 5 entries');
  });
});

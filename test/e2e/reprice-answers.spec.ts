import { setTimeout as sleep } from 'node:timers/promises';
import { type BookChange } from '@app/rules';
import { HouseRuleRepository, loadBooks, RunResultRepository, SnapshotRepository, type StoredResult } from '@app/store';
import { Client } from 'pg';
import { type RepriceWorker, startWorker } from '../../apps/worker/src/worker.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import { answered, shown } from '../support/reprice-answers.js';
import { finishedRun, newRun } from '../support/reprice.js';

const ACCOUNTS = 300;
const POSITIONS = 12;
const EVERYWHERE = {
  productClass: null,
  symbol: null,
  classGroup: null,
  effectiveFrom: '2026-06-01',
  effectiveTo: null,
};
const FIRM = { ...EVERYWHERE, scope: 'FIRM', groupId: null, accountId: null };
const GROUP = { ...EVERYWHERE, scope: 'GROUP', groupId: 'every-third', accountId: null };

let service: DemoService;
let worker: RepriceWorker;
let members: readonly string[];
const failures: Error[] = [];

/** What the demo's shares and funds are not: of one company, and not to be lent against. As the tables' owner. */
async function stateGroups(): Promise<void> {
  const owner = new Client(service.databaseUrl);
  await owner.connect();
  await owner.query('ALTER TABLE snapshot_underlyings DISABLE TRIGGER snapshot_underlyings_immutable');
  await owner.query(
    `UPDATE snapshot_underlyings SET product_group = 'P-' || class_group, portfolio_group = 'INDICES'
     WHERE class_group IN ('MDX', 'QSX')`,
  );
  await owner.query("UPDATE snapshot_underlyings SET marginable = false WHERE symbol = 'GRZN'");
  await owner.query('ALTER TABLE snapshot_underlyings ENABLE TRIGGER snapshot_underlyings_immutable');
  await owner.end();
}

async function writeRules(): Promise<void> {
  const rules = new HouseRuleRepository(service.database);
  const content: readonly (readonly [BookChange['act'], object])[] = [
    ['group.create', { name: 'Every third', members }],
    ['rule.create', { ...GROUP, productClass: 'EQUITY', parameter: 'priceMove.down', value: -0.22 }],
    ['rule.create', { ...GROUP, classGroup: 'MDX', parameter: 'volMove.up', value: 0.4 }],
    ['rule.create', { ...GROUP, symbol: 'HLVN', parameter: 'leastEligiblePrice', value: 1_000 }],
    ['rule.create', { ...FIRM, classGroup: 'XQE', parameter: 'minimumCharge', value: 0.6 }],
  ];
  for (const [index, [act, terms]] of content.entries()) {
    const subject = index === 0 ? 'every-third' : `e0000000-0000-4000-8000-00000000000${index}`;
    const change = { act, subject, content: terms } as BookChange;
    const signed = { authorKey: 'test', author: 'Test', reason: 'a test', state: 'IN_FORCE' } as const;
    await rules.change(() => ({ ...signed, change }));
  }
}

beforeAll(async () => {
  service = await startDemoService();
  const { database } = service;
  const { id: snapshotId } = (await new SnapshotRepository(database).latest())!;
  const book = { accounts: ACCOUNTS, positions: POSITIONS, seed: 3, desks: ['big'], deficitShare: 0.2, snapshotId };
  await loadBooks(database, book);
  const { rows } = await database.pool.query<{ id: string }>("SELECT id FROM accounts WHERE desk = 'big' ORDER BY id");
  members = rows.map(({ id }) => id).filter((_, index) => index % 3 === 0);
  const regT = rows.map(({ id }) => id).filter((_, index) => index % 25 === 1);
  await database.pool.query("UPDATE accounts SET methodology = 'REG_T' WHERE id = ANY ($1)", [regT]);
  await stateGroups();
  await writeRules();
  worker = await startWorker({ url: service.databaseUrl, threads: 1, onError: (error) => failures.push(error) });
}, 120_000);

afterAll(async () => {
  await worker.close();
  await service.close();
  expect(failures).toEqual([]);
});

const results = async (runId: string): Promise<readonly StoredResult[]> =>
  new RunResultRepository(service.database).page({
    ...{ runId, desk: 'big', deficitsOnly: false, after: undefined, limit: 1_000 },
  });

describe('a reprice run of a big book', () => {
  it('says of every account, to the cent, what its margin says', async () => {
    const run = await finishedRun(
      service.database,
      await newRun(service.database, { scope: 'DESK', desk: 'big', chunkSize: 40 }),
    );
    const stored = await results(run.id);
    expect([run.state, stored.length]).toEqual(['DONE', ACCOUNTS]);
    const seen = { regT: 0, deficits: 0, productGroups: 0, strategyPositions: 0, underHouseRules: 0, unproven: 0 };
    for (const each of stored) {
      const { json } = await service.call('GET', `/v1/accounts/${each.accountId}/margin`);
      expect({ id: each.accountId, ...shown(each) }).toEqual({ id: each.accountId, ...answered(json) });
      seen.regT += Number(json.methodology === 'REG_T');
      seen.unproven += Number(json.regT?.optimal === false);
      seen.deficits += Number(json.excess.startsWith('-'));
      seen.productGroups += json.productGroups?.length ?? 0;
      seen.strategyPositions += json.strategyPositions?.length ?? 0;
      seen.underHouseRules += Number(json.regulatory !== undefined && json.regulatory.requirement !== json.requirement);
    }
    // None of the kinds is missing, so that each of them is compared.
    expect(seen).toMatchObject({ regT: 12, unproven: 0 });
    expect(Math.min(seen.deficits, seen.productGroups, seen.strategyPositions, seen.underHouseRules)).toBeGreaterThan(
      20,
    );
  }, 240_000);

  it('leaves out what working reservations hold, which the margin of the account tells apart', async () => {
    const id = 'demo-long-stock';
    const legs = [{ symbol: 'HLVN', side: 'BUY', ratioQty: '1' }];
    const body = { orders: [{ clOrdId: 'B-1', orderQty: '100', price: '212.40', legs }] };
    const held = await service.call('POST', `/v1/accounts/${id}/reservations`, { key: 'demo-desk', body });
    expect(held.json.decision).toBe('ACCEPT');
    const { json } = await service.call('GET', `/v1/accounts/${id}/margin`);
    const run = await finishedRun(
      service.database,
      await newRun(service.database, { scope: 'LIST', accountIds: [id] }),
    );
    const [stored] = await new RunResultRepository(service.database).page({
      ...{ runId: run.id, desk: undefined, deficitsOnly: false, after: undefined, limit: 1 },
    });
    expect(Number(json.held)).toBeGreaterThan(0);
    expect(Number(shown(stored).requirement)).toBe(Number(json.requirement) - Number(json.held));
  });
});

describe('a run of higher priority', () => {
  it('overtakes one that is under way, and leaves it the same bytes', async () => {
    const { pool } = service.database;
    const nightly = await newRun(service.database, { chunkSize: 1, priority: 0 });
    const chunksDone = async (): Promise<number> => {
      const counted = 'SELECT FROM reprice_chunks WHERE run_id = $1 AND stage = $2 AND done_at IS NOT NULL';
      return (await pool.query(counted, [nightly, 'ACCOUNTS'])).rowCount!;
    };
    while ((await chunksDone()) === 0) await sleep(5);
    const intraday = await newRun(service.database, { chunkSize: 50, priority: 10, scope: 'DESK', desk: 'big' });
    const [first, second] = await Promise.all([intraday, nightly].map((id) => finishedRun(service.database, id)));
    expect(first.finishedAt!.getTime()).toBeLessThan(second.finishedAt!.getTime());
    expect(await results(nightly)).toEqual(await results(intraday));
  }, 120_000);
});

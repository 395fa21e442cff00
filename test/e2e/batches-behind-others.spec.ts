import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { type DemoService, startDemoService } from '../support/demo-service.js';

/** Cash for four orders of a hundred shares. */
const CASH = { PORTFOLIO_MARGIN: '13000.00', REG_T: '43000.00' };
const OF_ANOTHER_PROCESS = '00000000-0000-4000-8000-00000000000';

describe('checks judged on what a batch under way will leave', () => {
  let service: DemoService;
  let database: Client;
  /** In no transaction: one would see the same activity again and again. */
  let observer: Client;

  beforeAll(async () => {
    service = await startDemoService();
    database = new Client({ connectionString: service.databaseUrl });
    observer = new Client({ connectionString: service.databaseUrl });
    await Promise.all([database.connect(), observer.connect()]);
  });
  afterAll(async () => {
    await Promise.all([database.end(), observer.end()]);
    await service.close();
  });

  const reserve = (id: string, clOrdId: string, orderQty: string) => {
    const legs = [{ side: 'BUY', symbol: 'HLVN', ratioQty: '1' }];
    const body = { orders: [{ clOrdId, orderQty, price: '212.40', legs }] };
    return service.call('POST', `/v1/accounts/${id}/reservations`, { key: 'demo-desk', body });
  };

  async function isWritten(): Promise<void> {
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%commit_checks%'`;
    while ((await observer.query(waiting)).rowCount === 0) await setTimeout(10);
  }

  /** As a check of another process leaves an account: one more reservation, and the next hold version. */
  async function holdAgain(id: string, reservation: string, place: number): Promise<void> {
    await database.query(`UPDATE accounts SET hold_version = hold_version + 1 WHERE id = $1`, [id]);
    await database.query(
      `INSERT INTO reservations (id, account_id, desk, state, hold_version, held_cents, orders, leaves, valid_until)
       SELECT $3::uuid, r.account_id, r.desk, r.state, a.hold_version, r.held_cents, replace(r.orders, '"A"', '"X"'), r.leaves, r.valid_until
       FROM reservations r JOIN accounts a ON a.id = r.account_id WHERE r.id = $2::uuid AND a.id = $1`,
      [id, reservation, `${OF_ANOTHER_PROCESS}${place}`],
    );
  }

  it.each(['PORTFOLIO_MARGIN', 'REG_T'] as const)(
    'are judged again where another process was first, also to the same version: %s',
    async (methodology) => {
      const id = `behind-${methodology.toLowerCase()}`;
      const details = { name: 'Behind', desk: 'demo', type: 'CUSTOMER', methodology, feed: 'demo' };
      const body = { id, ...details, cash: CASH[methodology], positions: [] };
      expect((await service.call('POST', '/v1/accounts', { body })).status).toBe(201);
      const first = (await reserve(id, 'A', '200')).json;
      expect(first.decision).toBe('ACCEPT');

      await database.query('BEGIN');
      await database.query('SELECT FROM accounts WHERE id = $1 FOR UPDATE', [id]);
      const ahead = reserve(id, 'B', '100');
      await isWritten();
      const behind = reserve(id, 'C', '100');
      await setTimeout(300);
      await holdAgain(id, first.id, methodology.length % 10);
      await database.query('COMMIT');

      // What is behind would fit beside what was ahead of it, which was not committed.
      const answers = await Promise.all([ahead, behind]);
      expect(answers.map(({ json }) => json.decision)).toEqual(['REJECT', 'REJECT']);
      const margin = (await service.call('GET', `/v1/accounts/${id}/margin`, {})).json;
      expect(Number(margin.excess)).toBeGreaterThanOrEqual(0);
    },
  );

  it.each(['PORTFOLIO_MARGIN', 'REG_T'] as const)(
    'count what it takes, and are committed once it is: %s',
    async (methodology) => {
      const id = `after-${methodology.toLowerCase()}`;
      const details = { name: 'After', desk: 'demo', type: 'CUSTOMER', methodology, feed: 'demo' };
      const body = { id, ...details, cash: CASH[methodology], positions: [] };
      expect((await service.call('POST', '/v1/accounts', { body })).status).toBe(201);
      expect((await reserve(id, 'A', '100')).json.decision).toBe('ACCEPT');
      await database.query('BEGIN');
      await database.query('SELECT FROM accounts WHERE id = $1 FOR UPDATE', [id]);
      const ahead = reserve(id, 'B', '200');
      await isWritten();
      const behind = [reserve(id, 'C', '200'), reserve(id, 'D', '100'), reserve(id, 'E', '100')];
      await setTimeout(300);
      await database.query('COMMIT');
      const answers = await Promise.all([ahead, ...behind]);
      expect(answers.map(({ json }) => json.decision)).toEqual(['ACCEPT', 'REJECT', 'ACCEPT', 'REJECT']);
      const [, refused, last] = answers.map(({ json }) => json);
      expect(refused.requirement.before).toBe(answers[0].json.requirement.after);
      expect(last.requirement.before).toBe(answers[0].json.requirement.after);
    },
  );
});

// npm run bench:gate: checks and holds a second, 64 callers at a time, on one hot account and over a thousand, beside one
// conditional SQL statement a call in the same run on the same server. Each of our calls judges the order with the engine,
// holds its margin, stores the answer under an idempotency key, and is on disk when it returns; the statement adds a
// number to a sum where that stays under a limit, and writes a row with a unique key. Both take turns; what holds is the
// ratio.
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const require = createRequire(import.meta.url);
const { configuration } = require('../../dist/apps/api/src/config.js');
const { Gate } = require('../../dist/apps/api/src/reservations/gate.js');
const { FieldFaults } = require('../../dist/apps/api/src/what-if/field-faults.js');
const { linkedOrders } = require('../../dist/apps/api/src/what-if/linked-orders.js');
const { ordersFromDto } = require('../../dist/apps/api/src/what-if/orders.js');
const { openApplication } = require('../../dist/apps/api/src/service.js');
const { Database, migrate, seedDemo, startEmbeddedPostgres } = require('../../dist/libs/store/src/index.js');

const CALLERS = 64;
const ACCOUNTS = 1_000;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const CALLER = { keyId: '00000000-0000-4000-8000-000000000001', role: 'RISK', desk: null };

const STATEMENT = `
  WITH taken AS (
    UPDATE bench_limits SET held = held + $3 WHERE account_id = $2 AND held + $3 <= amount RETURNING account_id)
  INSERT INTO bench_holds (key, account_id, held) SELECT $1, account_id, $3 FROM taken
  ON CONFLICT (key) DO NOTHING RETURNING key`;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const accountOf = (index, count) => (count === 1 ? 'bench-hot' : `bench-${index % ACCOUNTS}`);

async function prepare(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    INSERT INTO accounts (id, name, desk, type, methodology, cash, feed)
    SELECT id, id, 'bench', 'CUSTOMER', 'PORTFOLIO_MARGIN', 1e12, 'demo'
    FROM (SELECT 'bench-hot' AS id UNION ALL SELECT 'bench-' || n FROM generate_series(0, ${ACCOUNTS - 1}) n) ids;
    CREATE TABLE bench_limits (account_id text PRIMARY KEY, held bigint NOT NULL, amount bigint NOT NULL);
    CREATE TABLE bench_holds (key uuid PRIMARY KEY, account_id text NOT NULL, held bigint NOT NULL);
    INSERT INTO bench_limits SELECT id, 0, 1e18 FROM accounts WHERE desk = 'bench'`);
  await client.end();
}

/** Calls a second, and how long they took. */
async function round(call, seconds) {
  const until = performance.now() + seconds * 1_000;
  const times = [];
  let next = 0;
  const caller = async () => {
    while (performance.now() < until) {
      const started = performance.now();
      await call(next++);
      times.push(performance.now() - started);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { rate: times.length / ((performance.now() - started) / 1_000), p50: at(0.5), p99: at(0.99) };
}

function gateCall(gate, count) {
  return async (index) => {
    const clOrdId = randomUUID();
    const legs = [{ symbol: 'HLVN', side: 'BUY', ratioQty: '1' }];
    const request = { orders: [{ clOrdId, orderQty: '1', price: '212.40', legs }], validSeconds: 86_400 };
    const faults = new FieldFaults();
    const orders = ordersFromDto(request.orders, faults);
    const answer = await gate.decide({
      ...{ accountId: accountOf(index, count), caller: CALLER, requestId: clOrdId },
      ...{
        idempotencyKey: clOrdId,
        fingerprint: clOrdId,
        request,
        orders,
        linked: linkedOrders(orders, undefined, faults),
        replaces: null,
      },
    });
    if (answer.status !== 201) throw new Error(String(answer.body));
  };
}

function statementCall(pool, count) {
  return async (index) => {
    const values = [randomUUID(), accountOf(index, count), 3186];
    const { rowCount } = await pool.query({ name: 'bench', text: STATEMENT, values });
    if (rowCount !== 1) throw new Error('the statement refused');
  };
}

const folder = mkdtempSync(join(tmpdir(), 'marginal-bench-'));
// As root PostgreSQL runs under another account, which has to pass through.
chmodSync(folder, 0o755);
const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'data') });
try {
  await migrate(postgres.url);
  const database = await Database.open(postgres.url);
  await seedDemo(database);
  await prepare(postgres.url);
  const app = await openApplication(configuration({ PORT: '0', LOG_LEVEL: 'error' }), database, true);
  await app.init();
  const gate = app.get(Gate, { strict: false });
  // As many connections as callers: the statements queue at the row, not at the pool.
  const pool = new pg.Pool({ connectionString: postgres.url, max: CALLERS });
  // Ended by the server's stop where a round failed: that failure is what is told.
  pool.on('error', () => undefined);
  const ways = {
    gateHot: gateCall(gate, 1),
    statementHot: statementCall(pool, 1),
    gateThousand: gateCall(gate, ACCOUNTS),
    statementThousand: statementCall(pool, ACCOUNTS),
  };
  const rounds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let index = -1; index < ROUNDS; index++) {
    for (const [name, call] of Object.entries(ways)) {
      const measured = await round(call, SECONDS);
      // The first turn only warms up.
      if (index >= 0) rounds[name].push(measured);
      console.log(
        `${index < 0 ? 'warm-up' : `round ${index + 1}`} ${name.padEnd(17)} ${measured.rate.toFixed(0)} calls/s, p50 ${measured.p50.toFixed(1)} ms, p99 ${measured.p99.toFixed(1)} ms`,
      );
    }
  }
  await app.close();
  await pool.end();
  await database.close();
  const result = Object.fromEntries(
    Object.entries(rounds).map(([name, list]) => [
      name,
      {
        callsPerSecond: Math.round(median(list.map(({ rate }) => rate))),
        p50Milliseconds: Number(median(list.map(({ p50 }) => p50)).toFixed(2)),
        p99Milliseconds: Number(median(list.map(({ p99 }) => p99)).toFixed(2)),
      },
    ]),
  );
  const ratio = (a, b) => Number((result[a].callsPerSecond / result[b].callsPerSecond).toFixed(2));
  console.log(
    JSON.stringify({
      ...result,
      ratioHot: ratio('gateHot', 'statementHot'),
      ratioThousand: ratio('gateThousand', 'statementThousand'),
    }),
  );
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

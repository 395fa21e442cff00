// npm run bench:what-if: the stored what-if beside a bare Nest route with the same body and a reply of the same size.
// Both run in processes of their own and take turns, so that a noisy machine disturbs them alike; what holds is the
// ratio. The account has 18 positions, the request 4 orders; 32 connections.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

const HERE = dirname(fileURLToPath(import.meta.url));
const MAIN = join(HERE, '../../dist/apps/api/src/main.js');
const CONNECTIONS = 32;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);

/** Starts a server and waits for the line that `pattern` matches. */
function started(script, environment, pattern) {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = pattern.exec(line);
      if (found) resolve({ child, address: found[1] });
    });
  });
}

async function call(url, key, method, path, body, headers = {}) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Eighteen positions of the demo's largest book, spread over its class groups, in an account of their own. */
async function benchAccount(url) {
  const { positions } = await call(url, 'demo-desk', 'GET', '/v1/accounts/demo-market-maker/positions');
  const step = Math.max(1, Math.floor(positions.length / 18));
  const held = positions.filter((_, index) => index % step === 0).slice(0, 18);
  const account = {
    id: 'bench',
    name: 'Bench',
    desk: 'demo',
    type: 'CUSTOMER',
    methodology: 'PORTFOLIO_MARGIN',
    cash: '10000000.00',
    feed: 'demo',
    positions: held.map(({ symbol, quantity }) => ({ symbol, quantity })),
  };
  await call(url, 'demo-risk', 'POST', '/v1/accounts', account);
  return held.filter(({ symbol }) => symbol.length === 21).slice(0, 4);
}

function request(options) {
  const orders = options.map(({ symbol }, index) => ({
    clOrdId: `BENCH-${index}`,
    orderQty: '1',
    legs: [{ symbol, side: index % 2 ? 'SELL' : 'BUY', ratioQty: '1' }],
  }));
  return JSON.stringify({ orders, include: ['regulatory'] });
}

async function round(url, body) {
  const result = await autocannon({
    url,
    method: 'POST',
    body,
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: { authorization: 'Bearer demo-desk', 'content-type': 'application/json' },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} errors`);
  return { rate: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const summary = (rounds) => ({
  requestsPerSecond: Math.round(median(rounds.map(({ rate }) => rate))),
  p50Milliseconds: median(rounds.map(({ p50 }) => p50)),
  p99Milliseconds: median(rounds.map(({ p99 }) => p99)),
});

const folder = mkdtempSync(join(tmpdir(), 'marginal-bench-'));
// As root PostgreSQL runs under another account, which has to pass through.
chmodSync(folder, 0o755);
const children = [];
try {
  const environment = { PORT: '0', MARGIN_DATA_DIR: folder, LOG_LEVEL: 'error', DATABASE_URL: '' };
  const service = await started(MAIN, environment, /running at (\S+)/);
  children.push(service.child);
  const url = service.address;
  const body = request(await benchAccount(url));
  const path = '/v1/accounts/bench/what-if';
  const reply = JSON.stringify(await call(url, 'demo-desk', 'POST', path, JSON.parse(body)));
  const bare = await started(join(HERE, 'bare-nest.mjs'), { BENCH_REPLY: reply }, /listening (\d+)/);
  children.push(bare.child);
  console.log(
    `body ${body.length} bytes, reply ${reply.length} bytes, ${CONNECTIONS} connections, ${ROUNDS} × ${SECONDS} s each`,
  );

  const targets = { whatIf: `${url}${path}`, bareNest: `http://127.0.0.1:${bare.address}/what-if` };
  const rounds = { whatIf: [], bareNest: [] };
  for (let index = -1; index < ROUNDS; index++) {
    for (const [name, target] of Object.entries(targets)) {
      const measured = await round(target, body);
      // The first turn only warms up.
      if (index >= 0) rounds[name].push(measured);
      console.log(
        `${index < 0 ? 'warm-up' : `round ${index + 1}`} ${name.padEnd(9)} ${measured.rate.toFixed(0)} requests/s, p50 ${measured.p50} ms, p99 ${measured.p99} ms`,
      );
    }
  }
  const whatIf = summary(rounds.whatIf);
  const bareNest = summary(rounds.bareNest);
  const ratio = Number((whatIf.requestsPerSecond / bareNest.requestsPerSecond).toFixed(3));
  console.log(JSON.stringify({ whatIf, bareNest, ratio }));
} finally {
  for (const child of children) {
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

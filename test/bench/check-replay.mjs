// npm run check:replay [-- --decisions N --seed S]: asks N what-ifs of the demo's accounts while their positions, what
// works on them and the house rules change; then starts the service anew and works every one of them out again. Exits
// with 1 unless each comes back byte for byte.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { decisions: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const DECISIONS = Number(values.decisions);
const MAIN = join(dirname(fileURLToPath(import.meta.url)), '../../dist/apps/api/src/main.js');
const AT_ONCE = 16;
const ACCOUNTS = ['demo-covered-call', 'demo-empty', 'demo-iron-condor', 'demo-market-maker', 'demo-short-strangle'];
const INCLUDES = [[], ['classGroups', 'positions'], ['scenarios', 'classGroups', 'regulatory'], ['attribution']];

/** Lehmer's generator (Park and Miller, CACM 31, 1988): the same seed asks the same questions. */
let state = Number(values.seed);
const below = (count) => (state = (state * 48_271) % 2_147_483_647) % count;
const one = (list) => list[below(list.length)];

function started(folder) {
  const environment = { PORT: '0', MARGIN_DATA_DIR: folder, LOG_LEVEL: 'error', DATABASE_URL: '' };
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /running at (\S+)/.exec(line);
      if (found) resolve({ child, url: found[1] });
    });
  });
}

async function stop({ child }) {
  child.removeAllListeners('exit');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

async function call(url, method, path, body, headers = {}) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: 'Bearer demo-risk', 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text(), etag: response.headers.get('etag') };
}

async function must(expected, ...asked) {
  const answer = await call(...asked);
  if (!expected.includes(answer.status)) throw new Error(`${asked[1]} ${asked[2]}: ${answer.status} ${answer.text}`);
  return answer;
}

/** Runs `task` for 0 … count − 1, AT_ONCE at a time. */
async function each(count, task) {
  let next = 0;
  const lane = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

const orderOf = (symbol, index) => ({
  ...{ clOrdId: `R-${index}`, orderQty: String(1 + below(20)) },
  legs: [{ symbol, side: one(['BUY', 'SELL']), ratioQty: '1' }],
});

/** A change of what the next questions are judged on. */
async function change(url, index) {
  const account = one(ACCOUNTS);
  const path = `/v1/accounts/${account}`;
  if (index % 3 === 0) {
    const order = { ...orderOf('HLVN', `held-${index}`), clOrdId: `H-${index}` };
    await must([200, 201], url, 'POST', `${path}/reservations`, { orders: [order], validSeconds: 3_600 });
  } else if (index % 3 === 1) {
    const { text, etag } = await must([200], url, 'GET', `${path}/positions`);
    const positions = JSON.parse(text).positions.map(({ symbol, quantity }) => ({ symbol, quantity }));
    const more = [...positions.filter(({ symbol }) => symbol !== 'HLVN'), { symbol: 'HLVN', quantity: `${1 + index}` }];
    await must([200, 412], url, 'PUT', `${path}/positions`, { positions: more.reverse() }, { 'if-match': etag });
  } else {
    const rule = { scope: 'ACCOUNT', accountId: account, classGroup: one(['HLVN', 'NVRD']), parameter: 'extraPoint' };
    const value = { priceMove: -(16 + (index % 80)) / 100, volMove: (index % 40) / 100 };
    const body = { ...rule, value, effectiveFrom: '2026-06-01', reason: 'Changes while questions are asked' };
    await must([201, 409], url, 'POST', '/v1/house-rules', body);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'marginal-replay-'));
// As root PostgreSQL runs under another account, which has to pass through.
chmodSync(folder, 0o755);
let service = await started(folder);
let wrong = 0;
try {
  const { text } = await must([200], service.url, 'GET', '/v1/accounts/demo-market-maker/positions');
  const symbols = JSON.parse(text)
    .positions.map(({ symbol }) => symbol)
    .filter((symbol) => symbol.length === 21 || symbol === 'HLVN');
  const given = [];
  let refused = 0;
  const changeEvery = Math.max(1, Math.floor(DECISIONS / 200));
  const startAsking = performance.now();
  await each(DECISIONS, async (index) => {
    if (index % changeEvery === 0) await change(service.url, index / changeEvery);
    const orders = Array.from({ length: 1 + below(4) }, (_, leg) => orderOf(one(symbols), leg));
    const path = `/v1/accounts/${one(ACCOUNTS)}/what-if`;
    const answer = await must([200, 422], service.url, 'POST', path, { orders, include: one(INCLUDES) });
    if (answer.status === 200) given.push(answer.text);
    else refused++;
  });
  const askedSeconds = (performance.now() - startAsking) / 1_000;

  await stop(service);
  service = await started(folder);
  const startReplaying = performance.now();
  await each(given.length, async (index) => {
    const { id } = JSON.parse(given[index]);
    const again = await call(service.url, 'POST', `/v1/what-ifs/${id}/replay`);
    if (again.status === 200 && again.text === given[index]) return;
    wrong++;
    if (wrong <= 3) console.log(`not the same: ${id} ${again.status} ${again.text.slice(0, 300)}`);
  });
  const rate = given.length / ((performance.now() - startReplaying) / 1_000);
  console.log(
    `${given.length} answers in ${askedSeconds.toFixed(1)} s, ${refused} refused; replayed by a new process:`,
  );
  console.log(`${given.length - wrong} byte for byte, ${wrong} not; ${rate.toFixed(0)} replays/s`);
} finally {
  await stop(service);
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;

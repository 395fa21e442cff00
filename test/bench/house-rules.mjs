// npm run bench:house-rules: a thousand house rules over ten thousand accounts, on a real PostgreSQL. Two services of
// their own, each on a database of its own with the same accounts; the one gets the rules (of the firm, of groups, of
// single accounts), the other has but the demo's three. Stored what-ifs take turns between the two, so that a noisy
// machine disturbs both alike: what holds is the ratio. Then effective-rules of every account, and a dry run over all of
// them with somebody else's calls beside it.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { median } from './rounds.mjs';

const APPS = join(dirname(fileURLToPath(import.meta.url)), '../../dist/apps');
const ACCOUNTS = Number(process.env.BENCH_ACCOUNTS ?? 10_000);
const POSITIONS = Number(process.env.BENCH_POSITIONS ?? 18);
const RULES = Number(process.env.BENCH_RULES ?? 1_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const CONNECTIONS = 32;
const ASKED_ACCOUNTS = 500;
const FROM = '2026-06-01';
const CLASS_GROUPS = [
  'HLVN',
  'NVRD',
  'QBRT',
  'ORVL',
  'TSKN',
  'BRWK',
  'LMNE',
  'PYLM',
  'SVTL',
  'WEXM',
  'MDX',
  'QSX',
  'XQE',
];
const PARAMETERS = [
  ['priceMove.down', -0.2],
  ['priceMove.up', 0.2],
  ['minimumCharge', 0.5],
];

function started(folder) {
  const environment = { PORT: '0', MARGIN_DATA_DIR: folder, LOG_LEVEL: 'error', DATABASE_URL: '' };
  const child = spawn(process.execPath, [join(APPS, 'api/src/main.js')], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /running at (\S+)/.exec(line);
      if (found) resolve({ child, url: found[1], environment });
    });
  });
}

async function call(url, method, path, body) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: 'Bearer demo-risk', 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

const GROUPS = 60;

/** One for the firm on each class group, three tenths for sixty groups of accounts, the rest for single accounts. */
function bookOf(ids) {
  const targets = PARAMETERS.flatMap((parameter) => CLASS_GROUPS.map((classGroup) => [classGroup, parameter]));
  const ruleOn = (index, strictness, bound) => {
    const [classGroup, [parameter, value]] = targets[index % targets.length];
    return { ...bound, classGroup, parameter, value: value * strictness, effectiveFrom: FROM, reason: 'bench' };
  };
  const groups = Array.from({ length: GROUPS }, (_, group) => ({
    ...{ id: `bench-${group}`, name: `Bench ${group}`, reason: 'bench' },
    members: ids.filter((_, index) => index % GROUPS === group),
  }));
  const firm = CLASS_GROUPS.map((_, index) => ruleOn(index * (CLASS_GROUPS.length + 1), 1, { scope: 'FIRM' }));
  const ofGroups = Math.round(RULES * 0.3);
  // Stricter the narrower: none of them loosens another.
  const group = Array.from({ length: ofGroups }, (_, index) =>
    ruleOn(index, 1.25, { scope: 'GROUP', groupId: groups[index % GROUPS].id }),
  );
  const own = Array.from({ length: RULES - firm.length - group.length }, (_, index) =>
    ruleOn(index, 1.5, { scope: 'ACCOUNT', accountId: ids[(index * 7) % ids.length] }),
  );
  return { groups, rules: [...firm, ...group, ...own] };
}

const percentile = (values, share) => {
  const sorted = values.toSorted((a, b) => a - b);
  return Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(2));
};

async function timed(url, path) {
  const start = performance.now();
  await call(url, 'GET', path);
  return performance.now() - start;
}

/** Milliseconds of processor time a process has had; the kernel counts in hundredths of a second. */
function processorMilliseconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

async function round({ url, child }, requests) {
  const before = processorMilliseconds(child.pid);
  const headers = { authorization: 'Bearer demo-risk', 'content-type': 'application/json' };
  const result = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS, headers, requests });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} errors`);
  const microseconds = (1_000 * (processorMilliseconds(child.pid) - before)) / result.requests.total;
  return { rate: result.requests.average, microseconds };
}

const folders = [0, 1].map(() => {
  const folder = mkdtempSync(join(tmpdir(), 'marginal-bench-'));
  chmodSync(folder, 0o755); // as root PostgreSQL runs under another account, which has to pass through
  return folder;
});
const services = [];
try {
  for (const folder of folders) {
    const service = await started(folder);
    services.push(service);
    const words = ['--accounts', String(ACCOUNTS), '--positions', String(POSITIONS), '--desk', 'demo'];
    execFileSync(process.execPath, [join(APPS, 'generate/src/main.js'), ...words], {
      env: { ...process.env, ...service.environment },
      stdio: 'ignore',
    });
  }
  const [ruled, plain] = services.map(({ url }) => url);
  const ids = [];
  for (let cursor = ''; cursor !== null;) {
    const page = await call(ruled, 'GET', `/v1/accounts?limit=500${cursor && `&cursor=${cursor}`}`);
    ids.push(...page.items.map(({ id }) => id).filter((id) => id.startsWith('gen-')));
    cursor = page.nextCursor;
  }
  const { groups, rules } = bookOf(ids);
  const writing = performance.now();
  for (const group of groups) await call(ruled, 'POST', '/v1/account-groups', group);
  const states = new Set();
  for (const rule of rules) states.add((await call(ruled, 'POST', '/v1/house-rules', rule)).state);
  const writeMilliseconds = (performance.now() - writing) / (groups.length + rules.length);
  console.log(
    `${ids.length} accounts, ${rules.length} rules (${[...states]}), ${groups.length} groups: ${writeMilliseconds.toFixed(1)} ms a change`,
  );

  const step = Math.floor(ids.length / ASKED_ACCOUNTS) || 1;
  const asked = ids.filter((_, index) => index % step === 0);
  const { positions } = await call(ruled, 'GET', '/v1/accounts/demo-market-maker/positions');
  const options = positions.filter(({ symbol }) => symbol.length === 21);
  const requests = asked.map((id, index) => ({
    method: 'POST',
    path: `/v1/accounts/${id}/what-if`,
    body: JSON.stringify({
      orders: [0, 1, 2, 3].map((leg) => ({
        ...{ clOrdId: `B-${leg}`, orderQty: '1' },
        legs: [
          {
            symbol: options[(index + leg * 11) % options.length].symbol,
            side: leg % 2 ? 'SELL' : 'BUY',
            ratioQty: '1',
          },
        ],
      })),
      include: [],
    }),
  }));
  // Every account once, so that what is measured is no longer the first pricing of an option.
  const bytes = [0, 0];
  for (const { path, body } of requests) {
    for (const [place, url] of [ruled, plain].entries()) {
      const reply = await call(url, 'POST', path, JSON.parse(body));
      bytes[place] += JSON.stringify(reply).length / requests.length;
    }
  }
  const measured = { ruled: [], plain: [] };
  for (let index = -1; index < ROUNDS; index++) {
    for (const [place, name] of ['ruled', 'plain'].entries()) {
      const found = await round(services[place], requests);
      if (index >= 0) measured[name].push(found);
      const when = index < 0 ? 'warm-up' : `round ${index + 1}`;
      console.log(
        `${when} ${name} ${found.rate.toFixed(0)} what-ifs/s, ${found.microseconds.toFixed(0)} µs of processor each`,
      );
    }
  }
  const each = (name, key) => median(measured[name].map((found) => found[key]));

  const first = [];
  for (const id of ids) first.push(await timed(ruled, `/v1/accounts/${id}/effective-rules`));
  const again = [];
  for (const id of ids.slice(-2_000)) again.push(await timed(ruled, `/v1/accounts/${id}/effective-rules`));

  const change = {
    scope: 'FIRM',
    productClass: 'EQUITY',
    parameter: 'priceMove.down',
    value: -0.25,
    effectiveFrom: FROM,
    reason: 'bench',
  };
  const beside = [];
  const start = performance.now();
  let isRunning = true;
  const dryRun = call(ruled, 'POST', '/v1/house-rules?dryRun=true', change).finally(() => (isRunning = false));
  while (isRunning) beside.push(await timed(ruled, `/v1/accounts/${ids[beside.length % 50]}/effective-rules`));
  const { counts } = await dryRun;
  const dryRunSeconds = Number(((performance.now() - start) / 1_000).toFixed(1));

  console.log(
    JSON.stringify({
      whatIfCost: {
        timeRatio: Number((each('plain', 'rate') / each('ruled', 'rate')).toFixed(3)),
        processorRatio: Number((each('ruled', 'microseconds') / each('plain', 'microseconds')).toFixed(3)),
      },
      replyBytes: { ruled: Math.round(bytes[0]), plain: Math.round(bytes[1]) },
      whatIfsPerSecond: { ruled: Math.round(each('ruled', 'rate')), plain: Math.round(each('plain', 'rate')) },
      effectiveRulesMilliseconds: {
        firstTime: { p50: percentile(first, 0.5), p99: percentile(first, 0.99) },
        again: { p50: percentile(again, 0.5), p99: percentile(again, 0.99) },
      },
      dryRun: {
        seconds: dryRunSeconds,
        counts,
        besideMilliseconds: { p50: percentile(beside, 0.5), p99: percentile(beside, 0.99) },
      },
    }),
  );
} finally {
  for (const { child } of services) {
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

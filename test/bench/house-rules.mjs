// npm run bench:house-rules: a thousand house rules over ten thousand accounts, on a real PostgreSQL. Two services of
// their own, each on a database of its own with the same accounts; the one gets the rules (of the firm, of groups, of
// single accounts), the other has but the demo's three. Stored what-ifs take turns between the two, so that a noisy
// machine disturbs both alike: what holds is the ratio. Then effective-rules of every account, and a dry run over all of
// them with somebody else's calls beside it.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
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
  'GRZN',
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

/** A tenth for the firm, three tenths for groups of accounts, the rest for accounts. */
function bookOf(ids) {
  const targets = CLASS_GROUPS.flatMap((classGroup) => PARAMETERS.map((parameter) => [classGroup, parameter]));
  const ruleOn = (index, terms) => {
    const [classGroup, [parameter, value]] = targets[index % targets.length];
    // Stricter the narrower: none of them loosens another.
    const strictness = terms.scope === 'FIRM' ? 1 : terms.scope === 'GROUP' ? 1.25 : 1.5;
    return { ...terms, classGroup, parameter, value: value * strictness, effectiveFrom: FROM, reason: 'bench' };
  };
  const firm = Array.from({ length: Math.min(targets.length, RULES / 10) }, (_, i) => ruleOn(i, { scope: 'FIRM' }));
  const ofGroups = Math.round(RULES * 0.3);
  const groups = Array.from({ length: Math.ceil(ofGroups / targets.length) }, (_, group) => ({
    ...{ id: `bench-${group}`, name: `Bench ${group}`, reason: 'bench' },
    members: ids.filter((_, index) => index % Math.ceil(ofGroups / targets.length) === group),
  }));
  const group = Array.from({ length: ofGroups }, (_, i) =>
    ruleOn(i, { scope: 'GROUP', groupId: `bench-${Math.floor(i / targets.length)}` }),
  );
  const own = Array.from({ length: RULES - firm.length - group.length }, (_, i) =>
    ruleOn(i, { scope: 'ACCOUNT', accountId: ids[(i * 7) % ids.length] }),
  );
  // The demo has two rules of the firm on one of these class groups already.
  const taken = ({ scope, classGroup }) => scope === 'FIRM' && classGroup === 'GRZN';
  return { groups, rules: [...firm, ...group, ...own].filter((rule) => !taken(rule)) };
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

async function round(url, requests) {
  const headers = { authorization: 'Bearer demo-risk', 'content-type': 'application/json' };
  const result = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS, headers, requests });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} errors`);
  return result.requests.average;
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
  const rates = { ruled: [], plain: [] };
  for (let index = -1; index < ROUNDS; index++) {
    for (const [name, url] of [
      ['ruled', ruled],
      ['plain', plain],
    ]) {
      const rate = await round(url, requests);
      if (index >= 0) rates[name].push(rate);
      console.log(`${index < 0 ? 'warm-up' : `round ${index + 1}`} ${name} ${rate.toFixed(0)} what-ifs/s`);
    }
  }
  const cost = median(rates.plain) / median(rates.ruled);

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
      whatIfCostRatio: Number(cost.toFixed(3)),
      whatIfsPerSecond: { ruled: Math.round(median(rates.ruled)), plain: Math.round(median(rates.plain)) },
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

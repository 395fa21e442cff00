// Many clients at one account's gate, an observer who adds up what is held at every moment, and the reckoning afterwards.
// Shared by npm run chaos:gate and a small form of it among the tests. The account holds shares of the demo's HLVN and
// nothing else, so that what may be held can be worked out here, without the engine.
'use strict';

const MARK = 212.4;
/** 15 % of the mark. */
const REQUIREMENT = 31.86;
/** Orders pay so much more than the mark: it comes off equity when they execute. */
const ABOVE = 0.5;
const PRICE = '212.90';
const CENT = 0.005;
/** What the account starts with, and the limit of the firm: about nine tenths of what equity allows. */
const CASH = 100_000;
const LIMIT_CENTS = 9_000_000;
/** Each caller keeps about so many holds before it lets the oldest go. */
const KEPT = 4;

/**
 * Everything of one moment, in one statement. What works is looked for in the index of what works, also by a plan made
 * while the account had few reservations: it comes to have thousands that do no more.
 */
const MOMENT = `
  WITH working AS MATERIALIZED (
    SELECT account_id, leaves[1] AS leaves, held_cents FROM reservations
    WHERE state = 'WORKING' AND valid_until > '-infinity'
  )
  SELECT a.cash::float8 AS cash,
         coalesce((SELECT quantity::float8 FROM positions WHERE account_id = a.id AND symbol = 'HLVN'), 0) AS shares,
         coalesce((SELECT sum(leaves)::float8 FROM working WHERE account_id = a.id), 0) AS working,
         coalesce((SELECT sum(held_cents)::float8 FROM working WHERE account_id = a.id), 0) AS held,
         (SELECT held_cents::float8 FROM limits WHERE scope = 'FIRM') AS counted,
         (SELECT used_cents::float8 FROM limits WHERE scope = 'FIRM') AS used,
         (SELECT amount_cents::float8 FROM limits WHERE scope = 'FIRM') AS amount
  FROM accounts a WHERE a.id = $1`;

function excessOf({ cash, shares, working }) {
  const equity = cash + shares * MARK - working * ABOVE;
  return equity - (shares + working) * REQUIREMENT;
}

/** What is wrong with a moment; undefined: nothing. */
function momentFault(moment) {
  const excess = excessOf(moment);
  if (excess < -CENT) return `over the account's equity by ${(-excess).toFixed(2)}`;
  const { held, counted, used, amount } = moment;
  if (counted !== null && held !== counted) return `the limit counts ${counted}, held is ${held}`;
  if (counted !== null && counted + used > amount) return `over the limit by ${(counted + used - amount) / 100}`;
  return undefined;
}

/** A small generator (mulberry32), so that a run can be repeated. */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

async function post(url, path, body, key) {
  const headers = { authorization: 'Bearer demo-desk', 'content-type': 'application/json' };
  if (key !== undefined) headers['idempotency-key'] = key;
  const reply = await fetch(`${url}${path}`, {
    ...{ method: 'POST', headers, body: JSON.stringify(body) },
  });
  return { status: reply.status, text: await reply.text() };
}

/**
 * Asks until there is an answer, always under the same key. Where a connection breaks, the next server is asked at once;
 * where that one cannot be reached either, or one asks for patience, a moment later.
 */
async function answered(servers, path, body, key, counts, random) {
  let place = Math.floor(random() * servers().length);
  for (let attempt = 0; attempt <= 2_000; attempt++) {
    const urls = servers();
    let isPatient = attempt % urls.length === urls.length - 1;
    try {
      const answer = await post(urls[place % urls.length], path, body, key);
      if (answer.status !== 503 && !answer.text.includes('idempotency.in_progress')) return answer;
      isPatient = true;
    } catch {
      counts.lost++;
      place++;
    }
    counts.retries++;
    if (isPatient) await new Promise((resolve) => setTimeout(resolve, 5 + 20 * random()));
  }
  throw new Error(`no answer to ${path}`);
}

/**
 * `calls` checks by `callers` at once. `servers` gives the addresses to choose from, `pool` sees the database, `watch`
 * is told after every call. Answers with counts, what the observer saw, and every fault.
 */
async function gateChaos({ servers, pool, accountId, calls, callers, seed, pauseMs = 2, watch = () => undefined }) {
  const counts = { accepted: 0, rejected: 0, cancelled: 0, filled: 0, repeated: 0, retries: 0, lost: 0 };
  const faults = [];
  const told = new Map();
  // Together the callers want about twice of what the account may hold.
  const largest = Math.ceil((4 * CASH) / (REQUIREMENT + ABOVE) / (callers * (KEPT + 1)));
  let next = 0;
  let isOver = false;
  let moments = 0;

  const observe = async () => {
    while (!isOver) {
      const { rows } = await pool.query({ name: 'moment', text: MOMENT, values: [accountId] });
      const fault = momentFault(rows[0]);
      if (fault !== undefined && faults.length < 20) faults.push(fault);
      moments++;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };

  const reserve = `/v1/accounts/${accountId}/reservations`;
  const caller = async (_, place) => {
    const random = randomOf(seed * 1_000 + place);
    const kept = [];
    while (next < calls) {
      const number = next++;
      const id = `${seed}-${number}`;
      const orderQty = String(1 + Math.floor(random() * largest));
      const legs = [{ symbol: 'HLVN', side: 'BUY', ratioQty: '1' }];
      const body = { orders: [{ clOrdId: id, orderQty, price: PRICE, legs }], validSeconds: 3_600 };
      const answer = await answered(servers, reserve, body, id, counts, random);
      told.set(id, answer.text);
      if (random() < 0.03) {
        const again = await answered(servers, reserve, body, id, counts, random);
        counts.repeated++;
        if (again.text !== answer.text) faults.push(`key ${id} was answered twice: ${again.text}`);
      }
      if (answer.status === 201) {
        counts.accepted++;
        kept.push({ id: JSON.parse(answer.text).id, orderQty });
      } else if (answer.status === 200) counts.rejected++;
      else faults.push(`call ${number}: ${answer.status} ${answer.text}`);
      if (kept.length > KEPT || (answer.status === 200 && kept.length > 0)) {
        await letGo(kept.shift(), random);
      }
      watch({ done: counts.accepted + counts.rejected, lost: counts.lost, faults: faults.length });
    }
    for (const each of kept) await letGo(each, random);
  };
  const letGo = async ({ id, orderQty }, random) => {
    const isFill = counts.filled < 50 && random() < 0.02;
    const [kind, body] = isFill
      ? ['fills', { execId: `E-${id.slice(0, 8)}`, lastQty: orderQty, lastPx: PRICE }]
      : ['cancel', {}];
    const answer = await answered(servers, `/v1/reservations/${id}/${kind}`, body, undefined, counts, random);
    // An answer that was lost is told again of a fill by its execId; a reservation that is gone cannot go again.
    const isGone = kind === 'cancel' && answer.text.includes('reservation.not_working');
    if (answer.status !== 200 && !isGone) faults.push(`${kind}: ${answer.status} ${answer.text}`);
    else counts[isFill ? 'filled' : 'cancelled']++;
  };

  const started = performance.now();
  const observing = observe();
  try {
    await Promise.all(Array.from({ length: callers }, caller));
  } finally {
    isOver = true;
    await observing;
  }
  const seconds = (performance.now() - started) / 1_000;
  faults.push(...(await reckoning(pool, accountId, `${seed}-%`, told)));
  return { ...counts, moments, seconds, callsPerSecond: calls / seconds, faults };
}

/** Everything told, and everything stored, must be the same things once. */
async function reckoning(pool, accountId, ids, told) {
  const faults = [];
  const ask = async (text, values = [accountId]) => (await pool.query(text, values)).rows;
  const answers = await ask(
    `SELECT a.idempotency_key AS key, coalesce(convert_from(a.body, 'UTF8'), decision_part(d, a.place, true)) AS body
     FROM answers a LEFT JOIN decision_blocks d ON d.id = a.block_id
     WHERE a.block_id IS NULL OR d.account_ids[d.accounts[a.place]] = $1`,
  );
  const stored = new Map(answers.map(({ key, body }) => [key, body]));
  for (const [key, text] of told) if (stored.get(key) !== text) faults.push(`key ${key}: told and stored differ`);
  const accepted = [...told.values()].filter((text) => JSON.parse(text).decision === 'ACCEPT').length;
  const [{ reservations, orders, working }] = await ask(
    `
    SELECT count(DISTINCT r.id)::int AS reservations, count(*)::int AS orders,
           (SELECT count(*)::int FROM reservations WHERE account_id = $1 AND state = 'WORKING') AS working
    FROM reservation_orders o JOIN reservations r ON r.id = o.reservation_id
    WHERE o.account_id = $1 AND o.cl_ord_id LIKE $2`,
    [accountId, ids],
  );
  if (reservations !== accepted) faults.push(`${accepted} accepted, ${reservations} reservations`);
  if (orders !== accepted) faults.push(`${accepted} accepted, ${orders} order ids`);
  if (working !== 0) faults.push(`${working} left working`);
  const [sums] = await ask(`
    SELECT coalesce(sum(f.last_qty), 0)::float8 AS filled, coalesce(sum(f.cash_change), 0)::float8 AS paid,
           (SELECT cash::float8 FROM accounts WHERE id = $1) AS cash,
           coalesce((SELECT quantity::float8 FROM positions WHERE account_id = $1 AND symbol = 'HLVN'), 0) AS shares
    FROM fills f JOIN reservations r ON r.id = f.reservation_id WHERE r.account_id = $1`);
  if (sums.filled !== sums.shares) faults.push(`${sums.filled} shares executed, ${sums.shares} held`);
  if (Math.abs(CASH + sums.paid - sums.cash) > CENT) faults.push(`cash is ${sums.cash}, paid were ${sums.paid}`);
  return faults.slice(0, 20);
}

async function prepareChaos(pool, accountId) {
  await pool.query(
    `INSERT INTO accounts (id, name, desk, type, methodology, cash, feed)
     VALUES ($1, 'Chaos', 'demo', 'CUSTOMER', 'PORTFOLIO_MARGIN', ${CASH}, 'demo')`,
    [accountId],
  );
}

/** A limit of the firm that binds before equity does. */
async function limitFirm(pool) {
  await pool.query(
    `INSERT INTO limits (id, scope, subject, amount_cents, author, reason)
     VALUES (gen_random_uuid(), 'FIRM', '', ${LIMIT_CENTS}, 'chaos', 'chaos')`,
  );
}

module.exports = { gateChaos, limitFirm, prepareChaos, REQUIREMENT, ABOVE, MARK };

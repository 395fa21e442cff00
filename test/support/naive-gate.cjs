// A gate as it is often written: read what is held, decide, write. Right for one caller, wrong for two. The harness must
// find it out; nothing else uses it.
'use strict';

const { randomUUID } = require('node:crypto');
const { createServer } = require('node:http');
const { ABOVE, MARK, REQUIREMENT } = require('./gate-chaos.cjs');

const RESERVE = /^\/v1\/accounts\/([\w-]+)\/reservations$/;
const LET_GO = /^\/v1\/reservations\/([\w-]+)\/(cancel|fills)$/;

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

async function reserve(pool, accountId, { orders: [order] }, key) {
  const known = await pool.query('SELECT body FROM answers WHERE idempotency_key = $1', [key]);
  if (known.rows.length > 0) {
    const text = known.rows[0].body.toString();
    return [JSON.parse(text).decision === 'ACCEPT' ? 201 : 200, text];
  }
  const { rows } = await pool.query(
    `SELECT cash::float8 AS cash,
            (SELECT coalesce(sum(leaves[1]), 0)::float8 FROM reservations WHERE account_id = $1 AND state = 'WORKING') AS working,
            (SELECT coalesce(sum(quantity), 0)::float8 FROM positions WHERE account_id = $1) AS shares
     FROM accounts WHERE id = $1`,
    [accountId],
  );
  const quantity = Number(order.orderQty);
  const working = rows[0].working + quantity;
  const equity = rows[0].cash + rows[0].shares * MARK - working * ABOVE;
  const isCovered = equity >= (rows[0].shares + working) * REQUIREMENT;
  const id = randomUUID();
  const text = JSON.stringify({ id, decision: isCovered ? 'ACCEPT' : 'REJECT' });
  await pool.query(
    `INSERT INTO answers (key_id, idempotency_key, fingerprint, status, headers, body)
     VALUES ($1, $2, '', $3, '{}', convert_to($4, 'UTF8'))`,
    [id, key, isCovered ? 201 : 200, text],
  );
  if (!isCovered) return [200, text];
  const held = Math.round(quantity * REQUIREMENT * 100);
  await pool.query(
    `INSERT INTO reservations (id, account_id, desk, state, hold_version, held_cents, orders, leaves, valid_until)
     VALUES ($1, $2, 'demo', 'WORKING', 1, $3, '[]', ARRAY[$4::numeric], now() + interval '1 hour')`,
    [id, accountId, held, quantity],
  );
  await pool.query('INSERT INTO reservation_orders VALUES ($1, $2, $3)', [accountId, order.clOrdId, id]);
  return [201, text];
}

async function letGo(pool, id) {
  await pool.query(`UPDATE reservations SET state = 'CANCELLED', held_cents = 0 WHERE id = $1`, [id]);
  return [200, '{}'];
}

/** Listens on a port of its own. */
function startNaiveGate(pool) {
  const server = createServer((request, response) => {
    void (async () => {
      const asked = await body(request);
      const [, accountId] = RESERVE.exec(request.url) ?? [];
      const [, reservationId] = LET_GO.exec(request.url) ?? [];
      const [status, text] =
        accountId === undefined
          ? await letGo(pool, reservationId)
          : await reserve(pool, accountId, asked, request.headers['idempotency-key']);
      response.writeHead(status).end(text);
    })().catch((error) => response.writeHead(500).end(error.message));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        close: () => new Promise((closed) => (server.closeAllConnections(), server.close(closed))),
      });
    });
  });
}

module.exports = { startNaiveGate };

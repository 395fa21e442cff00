// What bench:what-if asks about: a database of its own with a snapshot of 50 underlyings and 10,000 contracts, accounts
// of several sizes on it, and any number of accounts that nobody has asked about.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { Decimal } = require('decimal.js');
const { NO_FACTS, osiSymbolText, PLAIN_OPTION } = require('../../dist/libs/market/src/index.js');
const store = require('../../dist/libs/store/src/index.js');

const DATE = '2026-08-21';
const EXPIRIES = ['2026-09-18', '2026-12-18', '2027-03-19', '2027-06-18'];
const ROOTS = Array.from({ length: 50 }, (_, index) => `U${index}`);
const CONTRACTS_OF_A_ROOT = 200;
export const SIZES = [10, 100, 1_000, 10_000];
export const KEY = 'bench-key';

function underlying(symbol) {
  const terms = { type: 'EQUITY', productClass: 'EQUITY', classGroup: symbol, productGroup: null, leverage: 1 };
  const price = new Decimal('500');
  return { kind: 'UNDERLYING', symbol, price, priceDate: null, dividendYield: 0, dividends: [], ...terms, ...NO_FACTS };
}

function option(root, index) {
  const right = index % 2 === 0 ? 'CALL' : 'PUT';
  const expiry = EXPIRIES[(index >> 1) % EXPIRIES.length];
  const strike = 250 + 20 * (index >> 3);
  const terms = { underlying: root, right, expiry, strike, exercise: 'EUROPEAN', multiplier: new Decimal(100) };
  const value = { price: new Decimal('20'), impliedVolatility: 0.25, volatilitySource: 'GIVEN', flags: [] };
  return {
    kind: 'OPTION',
    symbol: osiSymbolText({ root, expiry, right, strike }),
    ...terms,
    ...PLAIN_OPTION,
    ...value,
  };
}

/** In turns from each underlying, so that an account of ten positions has ten class groups and all larger ones fifty. */
const OPTIONS = Array.from({ length: CONTRACTS_OF_A_ROOT }, (_, index) =>
  ROOTS.map((root) => option(root, index)),
).flat();

const details = (id) => ({
  ...{ id, name: 'Bench', desk: 'bench', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN', feed: 'bench' },
  ...{ cash: new Decimal('100000000'), strictVolatility: false },
});

/** Copies of the account of 100 positions, in two statements. */
async function copyAccounts(pool, count) {
  await pool.query(
    `INSERT INTO accounts (id, name, desk, type, methodology, cash, feed)
     SELECT 'cold-' || n, name, desk, type, methodology, cash, feed FROM accounts, generate_series(1, $1) n WHERE id = 'size-100'`,
    [count],
  );
  await pool.query(
    `INSERT INTO positions (account_id, symbol, quantity)
     SELECT 'cold-' || n, symbol, quantity FROM positions, generate_series(1, $1) n WHERE account_id = 'size-100'`,
    [count],
  );
  await pool.query('VACUUM ANALYZE');
}

/** A database with `coldAccounts` accounts beside those of `SIZES`, `size-N` each. */
export async function openBook(coldAccounts) {
  const folder = mkdtempSync(join(tmpdir(), 'marginal-bench-'));
  // As root PostgreSQL runs under another account, which has to pass through.
  chmodSync(folder, 0o755);
  const postgres = await store.startEmbeddedPostgres({ dataFolder: folder });
  await store.migrate(postgres.url);
  const database = await store.Database.open(postgres.url);
  const underlyings = ROOTS.map(underlying);
  const prices = {
    asOf: `${DATE}T18:00:00.000Z`,
    rates: [{ days: 30, rate: 0.04 }],
    underlyings,
    options: OPTIONS,
    futures: [],
  };
  await store.saveSnapshot(database, prices, 'bench', 'bench');
  await new store.ApiKeyRepository(database).save(KEY, { name: 'bench', role: 'DESK', desk: 'bench' });
  const accounts = new store.AccountRepository(database);
  for (const size of SIZES) {
    await accounts.create(details(`size-${size}`), []);
    const symbols = OPTIONS.slice(0, size).map(({ symbol }) => symbol);
    const quantities = symbols.map((_, index) => (index % 3 === 0 ? -10 : 10));
    const insert =
      'INSERT INTO positions (account_id, symbol, quantity) SELECT $1, * FROM unnest($2::text[], $3::int[])';
    await database.pool.query(insert, [`size-${size}`, symbols, quantities]);
  }
  await copyAccounts(database.pool, coldAccounts);
  return {
    url: postgres.url,
    database,
    async close() {
      await database.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Questions of four orders of a leg each, in contracts that every account holds; no two alike. */
export const BODIES = Array.from({ length: 64 }, (_, question) => {
  const orders = [0, 1, 2, 3].map((order) => {
    const { symbol } = OPTIONS[(question * 3 + order) % SIZES[0]];
    const orderQty = String(1 + ((question * 7 + order) % 23));
    return { clOrdId: `B-${order}`, orderQty, legs: [{ symbol, side: order % 2 ? 'SELL' : 'BUY', ratioQty: '1' }] };
  });
  return JSON.stringify({ orders, include: ['regulatory'] });
});

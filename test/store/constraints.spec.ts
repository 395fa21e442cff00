import { Client } from 'pg';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

const SNAPSHOT = 'a'.repeat(64);
const OPTION = 'IBM   070421C00100000';

/** One valid row of each table; every refusal below is one change to one of them. */
const VALID: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  accounts: {
    id: 'A-1',
    name: 'One',
    desk: 'north',
    type: 'CUSTOMER',
    methodology: 'PORTFOLIO_MARGIN',
    cash: '250000',
  },
  instruments: { symbol: 'IBM', kind: 'UNDERLYING', root: null, expiry: null, right: null, strike: null },
  positions: { account_id: 'A-1', symbol: 'IBM', quantity: '-0.0000000001' },
  market_snapshots: {
    id: SNAPSHOT,
    as_of: '2007-02-23T21:00:00.000Z',
    feed: 'cboe',
    source: 'a test',
    underlying_count: 1,
    contract_count: 1,
    future_count: 0,
    refused_count: 0,
    flagged_count: 0,
    report: '{}',
  },
  snapshot_rates: { snapshot_id: SNAPSHOT, days: 57, rate: -0.005 },
  snapshot_underlyings: {
    snapshot_id: SNAPSHOT,
    symbol: 'IBM',
    name: 'IBM',
    type: 'EQUITY',
    price: '97.73',
    price_date: '2007-02-22',
    product_class: 'EQUITY',
    class_group: 'IBM',
    product_group: null,
    leverage: -1,
    dividend_yield: 0,
  },
  snapshot_dividends: { snapshot_id: SNAPSHOT, symbol: 'IBM', ex_date: '2007-03-08', amount: '0.30' },
  snapshot_forwards: {
    ...{ snapshot_id: SNAPSHOT, symbol: 'IBM', expiry: '2007-04-21', root: '', forward: 98.1, rate: null },
    ...{ source: 'PARITY_IMPLIED', pairs: 7 },
  },
  option_quotes: {
    snapshot_id: SNAPSHOT,
    symbol: 'IBM',
    underlying: 'IBM',
    exercise: 'AMERICAN',
    multiplier: '100',
    adjusted: false,
    bid: '1.70',
    ask: '1.65',
    price: '0',
    implied_volatility: 0.25,
    volatility_source: 'SOLVED',
    flags: '{CROSSED,WIDE}',
  },
  future_quotes: {
    snapshot_id: SNAPSHOT,
    symbol: 'IBM',
    underlying: 'IBM',
    price: '97',
    expiry: '2007-06-15',
    multiplier: '50',
  },
  // The database replaces number, instant and hashes by its own.
  audit_log: {
    ...{ act: 'rule.create', subject: 'one', state: 'IN_FORCE', author_key: 'k', author: 'ann', reason: 'a test' },
    content: '{}',
  },
  what_if_blocks: {
    id: '00000000-0000-8000-8000-000000000200',
    account_ids: ['A-1'],
    desks: ['north'],
    snapshot_ids: [SNAPSHOT],
    standings: ['one'],
    is_fresh: [true],
    judged_on: [1, 1],
    requests: '{}\u0001{}',
    replies: '{}\u0001{}',
  },
  api_keys: {
    id: '00000000-0000-4000-8000-000000000003',
    name: 'one',
    role: 'DESK',
    desk: 'north',
    hash: 'b'.repeat(64),
  },
};

const option = { symbol: OPTION, kind: 'OPTION', root: 'IBM', expiry: '2007-04-21', right: 'CALL', strike: '100' };
const other = '00000000-0000-4000-8000-00000000000f';
const otherBlock = '00000000-0000-8000-8000-000000000300';

/** Table, what is changed in its valid row, and the constraint that refuses it. */
const REFUSED: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ['accounts', { id: 'a b' }, 'accounts_id_format'],
  ['accounts', { id: 'A-2\n' }, 'accounts_id_format'],
  ['accounts', { id: '' }, 'accounts_id_format'],
  ['accounts', { id: 'A-2', cash: 'NaN' }, 'accounts_cash_is_number'],
  ['accounts', { id: 'A-2', desk: '' }, 'accounts_desk_format'],
  ['accounts', { id: 'A-2', feed: '' }, 'accounts_feed_format'],
  ['accounts', { id: 'A-2', name: '' }, 'accounts_name_length'],
  ['accounts', { id: 'A-2', version: 0 }, 'accounts_version_positive'],
  ['instruments', { symbol: ' X' }, 'instruments_symbol_format'],
  ['instruments', { symbol: 'X\u00e9' }, 'instruments_symbol_format'],
  ['instruments', { symbol: 'X', strike: '5' }, 'instruments_option_terms'],
  ['instruments', { ...option, expiry: null }, 'instruments_option_terms'],
  ['instruments', { ...option, right: null }, 'instruments_option_terms'],
  ['instruments', { ...option, symbol: 'IBM070421C00100000' }, 'instruments_option_symbol'],
  ['instruments', { ...option, strike: '0' }, 'instruments_strike_positive'],
  ['instruments', { ...option, strike: 'NaN' }, 'instruments_strike_positive'],
  ['instruments', { ...option, expiry: 'infinity' }, 'instruments_expiry_finite'],
  ['positions', { quantity: '0' }, 'positions_quantity_is_holding'],
  ['positions', { quantity: 'NaN' }, 'positions_quantity_is_holding'],
  ['positions', { account_id: 'nobody' }, 'positions_account_id_fkey'],
  ['positions', { symbol: 'UNKNOWN' }, 'positions_symbol_fkey'],
  ['market_snapshots', { id: 'A'.repeat(64) }, 'market_snapshots_id_is_sha256'],
  ['market_snapshots', { id: 'c'.repeat(64), feed: 'a feed' }, 'market_snapshots_feed_format'],
  ['market_snapshots', { id: 'c'.repeat(64), as_of: 'infinity' }, 'market_snapshots_as_of_finite'],
  ['market_snapshots', { id: 'c'.repeat(64), refused_count: -1 }, 'market_snapshots_counts'],
  ['market_snapshots', { id: 'c'.repeat(64), flagged_count: 2 }, 'market_snapshots_counts'],
  ['audit_log', { act: 'x' }, 'audit_log_act_format'],
  ['audit_log', { state: 'MAYBE' }, 'audit_log_state'],
  ['audit_log', { subject: '' }, 'audit_log_answerable'],
  ['audit_log', { author: '' }, 'audit_log_answerable'],
  ['audit_log', { reason: '' }, 'audit_log_answerable'],
  ['audit_log', { content: '[]' }, 'audit_log_content_is_object'],
  ['what_if_blocks', { id: other }, 'what_if_blocks_id_is_first'],
  ['what_if_blocks', { id: otherBlock, first_slot: 255 }, 'what_if_blocks_slots'],
  ['what_if_blocks', { id: otherBlock, judged_on: [] }, 'what_if_blocks_slots'],
  ['what_if_blocks', { id: otherBlock, judged_on: [2] }, 'what_if_blocks_judged'],
  ['what_if_blocks', { id: otherBlock, judged_on: [0] }, 'what_if_blocks_judged'],
  ['what_if_blocks', { id: otherBlock, desks: [] }, 'what_if_blocks_states'],
  ['what_if_blocks', { id: otherBlock, replies: '' }, 'what_if_blocks_has_answers'],
  ['api_keys', { id: other, hash: 'demo-desk' }, 'api_keys_hash_is_sha256'],
  ['api_keys', { id: other }, 'api_keys_hash_key'],
  ['api_keys', { id: other, hash: 'c'.repeat(64), desk: null }, 'api_keys_role_desk'],
  ['api_keys', { id: other, hash: 'c'.repeat(64), role: 'ADMIN' }, 'api_keys_role_desk'],
];

/** The same for tables that take rows only while their snapshot is being made. */
const REFUSED_IN_SNAPSHOT: typeof REFUSED = [
  ['snapshot_rates', { days: 0 }, 'snapshot_rates_days_positive'],
  ['snapshot_rates', { rate: NaN }, 'snapshot_rates_rate_plausible'],
  ['snapshot_rates', { rate: 508 }, 'snapshot_rates_rate_plausible'],
  ['snapshot_underlyings', { price: '0' }, 'snapshot_underlyings_price_positive'],
  ['snapshot_underlyings', { price: 'NaN' }, 'snapshot_underlyings_price_positive'],
  ['snapshot_underlyings', { leverage: 0 }, 'snapshot_underlyings_leverage_is_multiple'],
  ['snapshot_underlyings', { leverage: NaN }, 'snapshot_underlyings_leverage_is_multiple'],
  ['snapshot_underlyings', { dividend_yield: Infinity }, 'snapshot_underlyings_dividend_yield_finite'],
  ['snapshot_underlyings', { class_group: '' }, 'snapshot_underlyings_class_group_named'],
  ['snapshot_underlyings', { symbol: 'UNKNOWN' }, 'snapshot_underlyings_symbol_fkey'],
  ['snapshot_dividends', { amount: '0' }, 'snapshot_dividends_amount_positive'],
  ['snapshot_dividends', { amount: 'NaN' }, 'snapshot_dividends_amount_positive'],
  ['snapshot_dividends', { symbol: 'UNKNOWN' }, 'snapshot_dividends_snapshot_id_symbol_fkey'],
  ['snapshot_underlyings', { beta: NaN }, 'snapshot_underlyings_beta_finite'],
  ['snapshot_underlyings', { market_cap: 0 }, 'snapshot_underlyings_market_cap_positive'],
  ['snapshot_underlyings', { shares_outstanding: NaN }, 'snapshot_underlyings_shares_outstanding_positive'],
  ['snapshot_underlyings', { average_daily_volume: -1 }, 'snapshot_underlyings_volume_not_negative'],
  ['snapshot_underlyings', { earnings_date: 'infinity' }, 'snapshot_underlyings_earnings_date_finite'],
  ['snapshot_underlyings', { portfolio_group: '' }, 'snapshot_underlyings_portfolio_group_named'],
  ['snapshot_underlyings', { bond_issuer: 'OTHER' }, 'snapshot_underlyings_bond_whole'],
  ['snapshot_forwards', { forward: 0 }, 'snapshot_forwards_forward_positive'],
  ['snapshot_forwards', { forward: NaN }, 'snapshot_forwards_forward_positive'],
  ['snapshot_forwards', { rate: NaN }, 'snapshot_forwards_rate_plausible'],
  ['snapshot_forwards', { pairs: 0 }, 'snapshot_forwards_pairs'],
  ['snapshot_forwards', { source: 'GIVEN' }, 'snapshot_forwards_pairs'],
  ['snapshot_forwards', { expiry: 'infinity' }, 'snapshot_forwards_expiry_finite'],
  ['snapshot_forwards', { symbol: 'UNKNOWN' }, 'snapshot_forwards_snapshot_id_symbol_fkey'],
  ['option_quotes', { form: 'WARRANT' }, 'option_quotes_own_terms'],
  ['option_quotes', { strike: '100' }, 'option_quotes_own_terms'],
  ['option_quotes', { deliverable: '25 VXX' }, 'option_quotes_deliverable_of_adjusted'],
  ['option_quotes', { deliverable: '', adjusted: true }, 'option_quotes_deliverable_of_adjusted'],
  ['option_quotes', { multiplier: '0' }, 'option_quotes_multiplier_positive'],
  ['option_quotes', { bid: '-0.01' }, 'option_quotes_bid_not_negative'],
  ['option_quotes', { ask: 'NaN' }, 'option_quotes_ask_not_negative'],
  ['option_quotes', { price: 'NaN' }, 'option_quotes_price_not_negative'],
  ['option_quotes', { implied_volatility: 0 }, 'option_quotes_volatility_positive'],
  ['option_quotes', { implied_volatility: NaN }, 'option_quotes_volatility_positive'],
  ['option_quotes', { implied_volatility: Infinity }, 'option_quotes_volatility_positive'],
  ['option_quotes', { volatility_source: null }, 'option_quotes_volatility_has_source'],
  ['option_quotes', { implied_volatility: null }, 'option_quotes_volatility_has_source'],
  ['option_quotes', { symbol: 'UNKNOWN' }, 'option_quotes_symbol_fkey'],
  ['future_quotes', { price: '0' }, 'future_quotes_price_positive'],
  ['future_quotes', { multiplier: 'NaN' }, 'future_quotes_multiplier_positive'],
  ['future_quotes', { expiry: 'infinity' }, 'future_quotes_expiry_finite'],
];

let database: FreshDatabase;
let client: Client;

async function insert(table: string, change: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const row = { ...VALID[table], ...change };
  const columns = Object.keys(row).map((column) => `"${column}"`);
  const places = columns.map((_, index) => `$${index + 1}`);
  await client.query(`INSERT INTO ${table} (${columns.join()}) VALUES (${places.join()})`, Object.values(row));
}

beforeAll(async () => {
  database = await freshDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('BEGIN');
  for (const table of Object.keys(VALID)) await insert(table);
  await client.query('COMMIT');
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('a table refuses', () => {
  it.each(REFUSED)('%s %p', async (table, change, constraint) => {
    await expect(insert(table, change)).rejects.toMatchObject({ constraint });
  });

  it.each(REFUSED_IN_SNAPSHOT)('%s %p', async (table, change, constraint) => {
    const id = 'e'.repeat(64);
    await client.query('BEGIN');
    try {
      await insert('market_snapshots', { id });
      if (table === 'snapshot_dividends' || table === 'snapshot_forwards')
        await insert('snapshot_underlyings', { snapshot_id: id });
      await expect(insert(table, { snapshot_id: id, ...change })).rejects.toMatchObject({ constraint });
    } finally {
      await client.query('ROLLBACK');
    }
  });
});

describe('a snapshot', () => {
  const tables = Object.keys(VALID).filter((table) => /snapshot|quotes/.test(table));

  it.each(tables)('keeps its rows in %s as they are', async (table) => {
    const column = table === 'market_snapshots' ? 'id' : 'snapshot_id';
    const refusal = { message: expect.stringContaining(`${table} is immutable`) as string };
    await expect(client.query(`UPDATE ${table} SET ${column} = ${column}`)).rejects.toMatchObject(refusal);
    await expect(client.query(`DELETE FROM ${table}`)).rejects.toMatchObject(refusal);
    await expect(client.query(`TRUNCATE ${table} CASCADE`)).rejects.toMatchObject({ code: '23001' });
  });

  it('takes no rows once it is made', async () => {
    const late = { message: 'snapshot_rates is immutable: rows of a finished snapshot refused' };
    await expect(insert('snapshot_rates', { days: 90 })).rejects.toMatchObject(late);
  });
});

describe('a stored what-if', () => {
  it('keeps its bytes', async () => {
    const changes = [`UPDATE what_if_blocks SET replies = ''`, 'DELETE FROM what_if_blocks', 'TRUNCATE what_if_blocks'];
    for (const change of changes) {
      await expect(client.query(change)).rejects.toThrow('what_if_blocks is immutable');
    }
  });
});

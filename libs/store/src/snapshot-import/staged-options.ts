import type { Client } from 'pg';
import type { MarketTerms } from '@app/market';
import type { ChainJob, ChainResult, QuotedLine } from './chain-job.js';
import type { ChainPool } from './chain-pool.js';
import { copyIn } from './copy.js';
import { NO_OPTIONS, type OptionTally, sumOfTallies } from './option-tally.js';
import type { NamedUnderlying } from './underlying-file.js';

/** As option_quotes without the snapshot: what is computed waits here until its snapshot's row can be written. */
const TABLE = `
  CREATE TEMP TABLE staged_options (
    symbol text NOT NULL, underlying text NOT NULL, exercise exercise_style NOT NULL,
    multiplier numeric(28,10) NOT NULL, adjusted boolean NOT NULL, bid numeric(28,10), ask numeric(28,10),
    price numeric(28,10), implied_volatility float8, volatility_source volatility_source, flags quote_flag[] NOT NULL
  ) ON COMMIT DROP`;

export async function createStagedOptions(client: Client): Promise<void> {
  await client.query(TABLE);
}

export async function stageOptions(client: Client, lines: Iterable<string> | AsyncIterable<string>): Promise<void> {
  await copyIn(client, 'COPY staged_options FROM STDIN', lines);
}

// An option's expiry stands in its symbol, year first.
const CHAINS = `
  DECLARE chains NO SCROLL CURSOR FOR
  SELECT c.underlying, c.symbol, c.exercise, c.multiplier::text, c.adjusted, q.bid::text, q.ask::text
  FROM staged_contracts c LEFT JOIN staged_quotes q ON q.symbol = c.symbol
  ORDER BY c.underlying, substr(c.symbol, 7, 6), c.symbol`;

type ChainRow = readonly [underlying: string, ...QuotedLine];

const ROWS_AT_ONCE = 4_000;
/** Contracts a job has at least, unless its underlying has no more: an expiry of a big index alone has hundreds. */
const JOB_CONTRACTS = 500;

export interface StagedMarket {
  readonly underlyings: ReadonlyMap<string, NamedUnderlying>;
  readonly terms: MarketTerms;
}

/**
 * Computes every staged contract's mark, flags and volatility, expiry by expiry, into `staged_options`. A few jobs are
 * under way at a time, whatever the size of the snapshot; results are taken in the order of the jobs.
 */
export async function computeOptions(
  client: Client,
  market: StagedMarket,
  pool: ChainPool,
  onDone: (contracts: number) => void,
): Promise<OptionTally> {
  let tally = NO_OPTIONS;
  const lines: string[] = [];
  const flush = async (): Promise<void> => {
    await stageOptions(client, lines.splice(0));
  };
  const take = async ({ contracts, result }: Underway): Promise<void> => {
    const done = await result;
    tally = sumOfTallies(tally, done.tally);
    lines.push(done.lines);
    onDone(contracts);
    if (lines.length >= 32) await flush();
  };
  const underway: Underway[] = [];
  for await (const job of chainJobs(client, market)) {
    const result = pool.solve(job);
    // It is awaited in its turn; until then its failure must not count as one that nobody looks at.
    result.catch(() => undefined);
    underway.push({ contracts: job.contracts.length, result });
    if (underway.length >= pool.width * 4) await take(underway.shift()!);
  }
  for (const job of underway) await take(job);
  await flush();
  return tally;
}

interface Underway {
  readonly contracts: number;
  readonly result: Promise<ChainResult>;
}

async function* chainJobs(client: Client, { underlyings, terms }: StagedMarket): AsyncGenerator<ChainJob> {
  const job = (rows: readonly ChainRow[]): ChainJob => {
    const { underlying } = underlyings.get(rows[0][0])!;
    const contracts = rows.map(([, ...line]) => line);
    return { underlying: { ...underlying, price: underlying.price?.toFixed() ?? null }, market: terms, contracts };
  };
  let rows: ChainRow[] = [];
  for await (const row of chainRows(client)) {
    if (rows.length > 0 && isNewJob(rows, row)) {
      yield job(rows);
      rows = [];
    }
    rows.push(row);
  }
  if (rows.length > 0) yield job(rows);
}

/** Only between expiries: flags and fallbacks look at nothing beyond their own. */
function isNewJob(rows: readonly ChainRow[], [underlying, symbol]: ChainRow): boolean {
  const [lastUnderlying, lastSymbol] = rows[rows.length - 1];
  if (underlying !== lastUnderlying) return true;
  return rows.length >= JOB_CONTRACTS && symbol.slice(6, 12) !== lastSymbol.slice(6, 12);
}

async function* chainRows(client: Client): AsyncGenerator<ChainRow> {
  await client.query(CHAINS);
  for (;;) {
    const text = `FETCH ${ROWS_AT_ONCE} FROM chains`;
    const { rows } = await client.query<[...ChainRow]>({ text, rowMode: 'array' });
    yield* rows;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await client.query('CLOSE chains');
}

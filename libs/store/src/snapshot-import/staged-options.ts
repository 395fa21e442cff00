import type { Client } from 'pg';
import {
  type Forward,
  type Future,
  isBasis,
  type MarketTerms,
  type Option,
  optionBasis,
  type OptionForm,
  type Underlying,
} from '@app/market';
import { type ChainJob, type ChainResult, quotedContract, type QuotedLine } from './chain-job.js';
import type { ChainPool } from './chain-pool.js';
import { copyIn } from './copy.js';
import { NO_OPTIONS, type OptionTally, sumOfTallies } from './option-tally.js';
import type { NamedUnderlying } from './named-underlying.js';
import { groupedBy } from './unique-rows.js';

/** As option_quotes without the snapshot: what is computed waits here until its snapshot's row can be written. */
const TABLE = `
  CREATE TEMP TABLE staged_options (
    symbol text NOT NULL, form option_form NOT NULL, underlying text NOT NULL, "right" option_right, expiry date,
    strike numeric(28,10), exercise exercise_style NOT NULL, multiplier numeric(28,10) NOT NULL,
    adjusted boolean NOT NULL, deliverable text, bid numeric(28,10), ask numeric(28,10), price numeric(28,10), implied_volatility float8, volatility_source volatility_source, flags quote_flag[] NOT NULL
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
  WHERE c.form = 'LISTED' AND c.deliverable IS NULL
  ORDER BY c.underlying, substr(c.symbol, 7, 6), c.symbol`;

// Few: what is valued on something else than an underlying of the file.
const SPECIAL = `
  SELECT c.underlying, c.form, c.deliverable, c.multiplier::text AS multiplier, c.symbol, c.exercise, c.adjusted,
    c."right", coalesce(c.expiry::text, '20' || substr(c.symbol, 7, 6)) AS series, c.expiry::text AS expiry,
    c.strike::float8 AS strike, q.bid::text AS bid, q.ask::text AS ask
  FROM staged_contracts c LEFT JOIN staged_quotes q ON q.symbol = c.symbol
  WHERE c.form <> 'LISTED' OR c.deliverable IS NOT NULL
  ORDER BY c.underlying, c.form, c.deliverable, c.multiplier, series, c.symbol`;

type ChainRow = readonly [underlying: string, ...QuotedLine];

const ROWS_AT_ONCE = 4_000;
/** Contracts a job has at least, unless its underlying has no more: an expiry of a big index alone has hundreds. */
const JOB_CONTRACTS = 500;

export interface StagedMarket {
  readonly underlyings: ReadonlyMap<string, NamedUnderlying>;
  readonly futures: ReadonlyMap<string, Future>;
  readonly terms: MarketTerms;
}

export interface ComputedOptions {
  readonly tally: OptionTally;
  /** Implied by the chains, by the underlying's symbol. */
  readonly forwards: ReadonlyMap<string, readonly Forward[]>;
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
): Promise<ComputedOptions> {
  let tally = NO_OPTIONS;
  const forwards = new Map<string, readonly Forward[]>();
  const lines: string[] = [];
  const flush = async (): Promise<void> => {
    await stageOptions(client, lines.splice(0));
  };
  const take = async ({ symbol, contracts, result }: Underway): Promise<void> => {
    const done = await result;
    if (done.forwards.length > 0) forwards.set(symbol, [...(forwards.get(symbol) ?? []), ...done.forwards]);
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
    underway.push({ symbol: job.underlying.symbol, contracts: job.contracts.length, result });
    if (underway.length >= pool.width * 4) await take(underway.shift()!);
  }
  for (const job of underway) await take(job);
  await flush();
  return { tally, forwards };
}

interface Underway {
  readonly symbol: string;
  readonly contracts: number;
  readonly result: Promise<ChainResult>;
}

async function* chainJobs(client: Client, market: StagedMarket): AsyncGenerator<ChainJob> {
  const job = (rows: readonly ChainRow[]): ChainJob => {
    const { underlying, impliesForwards } = market.underlyings.get(rows[0][0])!;
    return {
      ...{ underlying: plain(underlying), form: 'LISTED', deliverable: null, market: market.terms, impliesForwards },
      contracts: rows.map(([, ...line]) => line),
    };
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
  yield* specialJobs((await client.query<SpecialRow>(SPECIAL)).rows, market);
}

function plain(underlying: Underlying): ChainJob['underlying'] {
  return { ...underlying, price: underlying.price?.toFixed() ?? null };
}

interface SpecialRow {
  readonly underlying: string;
  readonly form: OptionForm;
  readonly deliverable: string | null;
  readonly multiplier: string;
  readonly symbol: string;
  readonly exercise: Option['exercise'];
  readonly adjusted: boolean;
  /** Null where the symbol says them. */
  readonly right: Option['right'] | null;
  readonly expiry: string | null;
  readonly strike: number | null;
  readonly series: string;
  readonly bid: string | null;
  readonly ask: string | null;
}

/** Options on futures, warrants and adjusted contracts with a known deliverable: a job for each thing they are valued on. */
function* specialJobs(rows: readonly SpecialRow[], market: StagedMarket): Generator<ChainJob> {
  const key = ({ underlying, form, deliverable, multiplier, series }: SpecialRow): string =>
    [underlying, form, deliverable ?? '', multiplier, series].join('|');
  for (const group of groupedBy(rows, key).values()) {
    const [{ underlying, form, deliverable }] = group;
    const job = { form, deliverable, market: market.terms, impliesForwards: false };
    const contracts = group.map(specialLine);
    // Only contracts on what the files have are staged.
    const basis = optionBasis(quotedContract(contracts[0], { ...job, underlying: { symbol: underlying } }).contract, {
      valuationDate: market.terms.valuationDate,
      instrument: (symbol) => market.underlyings.get(symbol)?.underlying ?? market.futures.get(symbol),
    });
    if (!isBasis(basis)) throw new Error(`nothing to value ${group[0].symbol} on`);
    yield { ...job, underlying: plain(basis.on), contracts, listedUnder: underlying };
  }
}

function specialLine(row: SpecialRow): QuotedLine {
  const { symbol, exercise, multiplier, adjusted, bid, ask, right, expiry, strike } = row;
  const line = [symbol, exercise, multiplier, adjusted, bid, ask] as const;
  return right === null ? line : [...line, [right, expiry!, strike!]];
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

import { exchangeDate, type Future, futureForwards, isAfterClose } from '@app/market';
import type { Client } from 'pg';
import type { Database } from '../database.js';
import { chainPool } from './chain-pool.js';
import { canonicalInstant } from './canonical-instant.js';
import { contentHead, stagedContentId } from './content-id.js';
import { futureFile } from './future-file.js';
import { type ImpliedForward, impliedForwards } from './implied-forwards.js';
import type { ImportReport } from './import-report.js';
import { importTransaction } from './import-transaction.js';
import { plainCopy } from './plain-copy.js';
import type { OptionTally } from './option-tally.js';
import { type OnProgress, StageClock } from './import-stage.js';
import { rateFile } from './rate-file.js';
import { reconcile } from './reconcile.js';
import { ReportKeeper } from './report-keeper.js';
import { computeOptions, createStagedOptions } from './staged-options.js';
import { createStaging, stageContracts, stageQuotes } from './staging.js';
import { SnapshotImportError } from './snapshot-import-error.js';
import type { SnapshotFiles } from './snapshot-files.js';
import { isStored, storeSnapshot } from './stored-snapshot.js';
import type { NamedUnderlying } from './named-underlying.js';
import { underlyingFile } from './underlying-file.js';
import { underlyingTally } from './underlying-tally.js';

export interface ImportOptions {
  readonly feed: string;
  /** Where it came from, for people. */
  readonly source: string;
  /** RFC 3339; without it the close of the rates' date. */
  readonly asOf?: string;
  /** Of each file after decompression; no limit without it. */
  readonly fileBytesMax?: number;
  readonly onProgress?: OnProgress;
  /** Also measures how long PostgreSQL takes for the same options with nothing computed. */
  readonly comparesCopy?: boolean;
}

export interface ImportOutcome {
  readonly id: string;
  readonly asOf: string;
  /** False where the same content was stored already: nothing was changed. */
  readonly isNew: boolean;
  readonly underlyingCount: number;
  readonly contractCount: number;
  readonly refusedCount: number;
  readonly flaggedCount: number;
  /** Of these files, also where other files gave the same content before. */
  readonly report: ImportReport;
  /** Seconds of a plain COPY of the option rows, where it was asked for. */
  readonly copySeconds?: number;
}

const FEED = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Loads a snapshot from CSV files, whole or not at all. Rows that cannot be taken are in the report; what refuses the
 * snapshot as such throws SnapshotImportError. The same content a second time changes nothing.
 */
export async function importSnapshot(
  database: Pick<Database, 'url'>,
  files: SnapshotFiles,
  options: ImportOptions,
): Promise<ImportOutcome> {
  if (!FEED.test(options.feed)) {
    throw new SnapshotImportError('feed.invalid', 'A feed is 1 to 64 letters, digits, dots, dashes and underscores.');
  }
  const asOf = options.asOf === undefined ? undefined : canonicalInstant(options.asOf);
  if (options.asOf !== undefined && asOf === undefined) {
    throw new SnapshotImportError('asOf.invalid', 'The instant is not of the form 2026-08-21T20:00:00Z.');
  }
  const clock = new StageClock(options.onProgress);
  try {
    return await importTransaction(database, (client) => run(client, files, { ...options, asOf }, clock));
  } finally {
    clock.end();
  }
}

async function run(
  client: Client,
  files: SnapshotFiles,
  options: ImportOptions,
  clock: StageClock,
): Promise<ImportOutcome> {
  const { feed, source } = options;
  const keeper = new ReportKeeper();
  const place = (path: string) => ({ path, bytesMax: options.fileBytesMax, onBytes: clock.onDone });
  await createStaging(client);

  clock.begin('underlyings', [files.rates, files.underlyings, files.dividends, files.futures]);
  const { asOf, rates, content } = await rateFile(place(files.rates), options.asOf, keeper);
  const date = exchangeDate(asOf);
  const dividends = files.dividends === undefined ? undefined : place(files.dividends);
  const named = await underlyingFile(place(files.underlyings), dividends, date, keeper);
  const futuresPlace = files.futures === undefined ? undefined : place(files.futures);
  const { futures, content: futureContent } = await futureFile(futuresPlace, named.underlyings, keeper);
  clock.begin('instruments', [files.instruments]);
  const known = { underlyings: named.underlyings, futures, date };
  await stageContracts(client, place(files.instruments), known, keeper);
  clock.begin('quotes', [files.quotes]);
  await stageQuotes(client, place(files.quotes), keeper);

  clock.begin('comparison');
  await reconcile(client, keeper);
  const contractCount = keeper.taken('instruments');
  if (contractCount === 0) {
    throw new SnapshotImportError('contracts.missing', 'The instruments file has no contract to take.');
  }
  const id = await stagedContentId(client, contentHead(asOf, feed), [...content, ...named.content, ...futureContent]);
  const outcome = (isNew: boolean, tally: OptionTally, forwards: readonly ImpliedForward[]): ImportOutcome => ({
    ...{ id, asOf, isNew, contractCount },
    underlyingCount: named.underlyings.size,
    refusedCount: keeper.refusedRows,
    flaggedCount: tally.flaggedContracts,
    report: keeper.report(tally, underlyingTally(named.underlyings.values()), forwards),
  });
  if (await isStored(client, id)) {
    const { impliedForwards = [], ...tally } = await storedTally(client, id);
    return outcome(false, tally, impliedForwards);
  }

  clock.begin('volatilities', contractCount);
  const terms = { valuationDate: date, afterClose: isAfterClose(asOf), rates };
  await createStagedOptions(client);
  const pool = chainPool();
  const underlyings = withFutureForwards(named.underlyings, futures);
  const market = { underlyings, futures, terms };
  const { tally, forwards } = await computeOptions(client, market, pool, clock.onDone).finally(() => pool.close());

  clock.begin('storage');
  const done = outcome(true, tally, impliedForwards(forwards));
  const carried = [...underlyings.values()].map(({ underlying, ...rest }) => {
    const implied = forwards.get(underlying.symbol) ?? [];
    return { ...rest, underlying: { ...underlying, forwards: [...underlying.forwards, ...implied] } };
  });
  await storeSnapshot(client, { ...done, feed, source, rates, underlyings: carried, futures: [...futures.values()] });
  clock.end();
  return options.comparesCopy ? { ...done, copySeconds: await plainCopy(client) } : done;
}

/** Where no yield is known, a future that expires with an option says what its underlying will be worth. */
function withFutureForwards(
  underlyings: ReadonlyMap<string, NamedUnderlying>,
  futures: ReadonlyMap<string, Future>,
): ReadonlyMap<string, NamedUnderlying> {
  if (futures.size === 0) return underlyings;
  const all = [...futures.values()];
  return new Map(
    [...underlyings].map(([symbol, known]) => {
      if (!known.impliesForwards) return [symbol, known];
      return [
        symbol,
        { ...known, underlying: { ...known.underlying, forwards: futureForwards(known.underlying, all) } },
      ];
    }),
  );
}

/** The same content has the same options. */
async function storedTally(client: Client, id: string): Promise<OptionTally & Pick<ImportReport, 'impliedForwards'>> {
  const { rows } = await client.query<{ report: ImportReport }>('SELECT report FROM market_snapshots WHERE id = $1', [
    id,
  ]);
  const { flags, flaggedContracts, volatilities, impliedForwards } = rows[0].report;
  return { flags, flaggedContracts, volatilities, impliedForwards };
}

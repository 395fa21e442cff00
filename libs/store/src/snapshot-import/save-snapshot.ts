import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  chainVolatilities,
  deliverableName,
  exchangeDate,
  type Future,
  type GivenPrices,
  type Instrument,
  isAfterClose,
  isBasis,
  type MarketTerms,
  type Option,
  optionBasis,
  snapshotLine,
  type Underlying,
  withForwards,
} from '@app/market';
import type { Decimal } from 'decimal.js';
import type { Database } from '../database.js';
import { contentHead, contentId } from './content-id.js';
import type { ImportReport } from './import-report.js';
import { importTransaction } from './import-transaction.js';
import { optionLine } from './option-line.js';
import { optionTally } from './option-tally.js';
import { createStagedOptions, stageOptions } from './staged-options.js';
import { isStored, storeSnapshot } from './stored-snapshot.js';
import type { NamedUnderlying } from './named-underlying.js';
import { underlyingTally } from './underlying-tally.js';
import { groupedBy } from './unique-rows.js';

export interface SavedSnapshot {
  readonly id: string;
  /** False where the same content was stored already; nothing was changed then. */
  readonly isNew: boolean;
}

/**
 * Stores prices that somebody states as a snapshot, whole or not at all; the same prices in another order are the same
 * snapshot. Symbols are unique in `prices`, as its reader has checked. An option with a price and no volatility is
 * stored with the one its price implies, or with a stated substitute. `names`: of underlyings, for people.
 */
export async function saveSnapshot(
  database: Pick<Database, 'url'>,
  prices: GivenPrices,
  feed: string,
  source: string,
  names: ReadonlyMap<string, string> = new Map(),
): Promise<SavedSnapshot> {
  const asOf = new Date(prices.asOf).toISOString();
  const id = contentId(contentHead(asOf, feed), contentLines(prices));
  const named = (underlying: Underlying): NamedUnderlying => {
    return {
      underlying,
      name: names.get(underlying.symbol) ?? underlying.symbol,
      basis: 'GIVEN',
      impliesForwards: false,
    };
  };
  return importTransaction(database, async (client) => {
    if (await isStored(client, id)) return { id, isNew: false };
    const rates = prices.rates.toSorted((a, b) => a.days - b.days);
    const terms = { valuationDate: exchangeDate(asOf), afterClose: isAfterClose(asOf), rates };
    const carried = prices.underlyings.map((underlying) => withForwards(underlying, prices, terms));
    const options = await solvedOptions({ ...prices, underlyings: carried }, terms);
    await createStagedOptions(client);
    const quote = { bid: null, ask: null };
    await stageOptions(
      client,
      options.map((option) => optionLine(option, quote)),
    );
    const underlyings = carried.map(named);
    const report: ImportReport = {
      ...NOTHING_REFUSED,
      ...optionTally(options),
      underlyings: underlyingTally(underlyings),
    };
    await storeSnapshot(client, {
      ...{ id, asOf, feed, source, rates, report, underlyings },
      futures: prices.futures,
      contractCount: options.length,
      refusedCount: 0,
      flaggedCount: report.flaggedContracts,
    });
    return { id, isNew: true };
  });
}

const NOTHING_REFUSED = { files: {}, refused: [], refusedExamples: [], notes: [], noteExamples: [] } as const;

/** Expiry by expiry, beyond which no substitute is looked for; options on what is not there stay as they are. */
async function solvedOptions(prices: GivenPrices, terms: MarketTerms): Promise<readonly Option[]> {
  const instruments = new Map<string, Instrument>(
    [...prices.underlyings, ...prices.futures].map((instrument) => [instrument.symbol, instrument]),
  );
  const market = { valuationDate: terms.valuationDate, instrument: (symbol: string) => instruments.get(symbol) };
  const solved: Option[] = [];
  for (const chain of groupedBy(prices.options, seriesKey).values()) {
    const basis = optionBasis(chain[0], market);
    solved.push(...(isBasis(basis) ? solvedChain(chain, basis.on, terms) : chain));
    // Lets other work of this thread have its turn.
    await nextTurn();
  }
  return solved;
}

/** Alike in what they are valued on. */
function seriesKey({ form, underlying, expiry, adjusted, deliverable, multiplier }: Option): string {
  const delivers = deliverable === null ? '' : `${deliverableName(deliverable)} ${multiplier.toFixed()}`;
  return [form, underlying, expiry, adjusted, delivers].join('|');
}

function solvedChain(chain: readonly Option[], underlying: Underlying, terms: MarketTerms): readonly Option[] {
  const volatilities = chainVolatilities(chain, underlying, terms);
  return chain.map((option, i) => {
    const volatility = volatilities[i];
    if (option.impliedVolatility !== null || volatility === null) return option;
    return { ...option, impliedVolatility: volatility.volatilityAnnual, volatilitySource: volatility.source };
  });
}

/** Everything stated, a line each, free of how it was written; a JSON array keeps free text apart from its neighbours. */
function contentLines({ rates, underlyings, options, futures }: GivenPrices): readonly string[] {
  return [
    ...rates.map(({ days, rate }) => line('ZERO_RATE', days, rate)),
    ...underlyings.map((underlying) => snapshotLine({ kind: 'UNDERLYING_ROW', underlying })),
    ...underlyings.flatMap(({ symbol, dividends }) =>
      dividends.map((dividend) => snapshotLine({ kind: 'DIVIDEND', symbol, dividend })),
    ),
    ...underlyings.flatMap(({ symbol, forwards }) =>
      forwards.map(({ expiry, root, forward, rate }) => line('FORWARD', symbol, expiry, root, forward, rate)),
    ),
    ...options.map(optionContent),
    ...futures.map(futureContent),
  ];
}

function optionContent(option: Option): string {
  const { symbol, underlying, exercise, multiplier, adjusted, price, impliedVolatility, volatilitySource } = option;
  const flags = option.flags.toSorted().join(' ');
  const terms = [symbol, underlying, exercise, multiplier.toFixed(), adjusted, ...unlistedTerms(option)];
  return line('OPTION', ...terms, plain(price), impliedVolatility, volatilitySource, flags);
}

/** What a listed option's symbol does not say. */
function unlistedTerms({ form, right, expiry, strike, deliverable }: Option): readonly (string | number)[] {
  if (form !== 'LISTED') return [form, right, expiry, strike];
  return deliverable === null ? [] : [deliverableName(deliverable)];
}

function futureContent({ symbol, underlying, price, expiry, multiplier }: Future): string {
  return line('FUTURE', symbol, underlying, plain(price), expiry, multiplier.toFixed());
}

function line(...fields: readonly (string | number | boolean | null)[]): string {
  return JSON.stringify(fields);
}

function plain(value: Decimal | null): string | null {
  return value?.toFixed() ?? null;
}

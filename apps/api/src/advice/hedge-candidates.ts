import { hedgeable, type HedgeInstrument } from '@app/advice';
import type { SnapshotRepository } from '@app/store';
import { Decimal } from 'decimal.js';
import { fieldSymbol } from '../fields/symbol.js';
import { type HedgeInstrumentDto, MAX_INSTRUMENTS } from './hedge.dto.js';
import type { Standing } from './standings.js';

/** Class groups whose instruments are looked at where the request names none. */
const GROUPS = 4;
const NEAR = { expiries: 2, strikes: 4 };
const ROUND_LOT = new Decimal(100);
const ONE = new Decimal(1);

/** The instruments of a request, with the snapshot's quotes where it gives none. */
export async function askedInstruments(
  asked: readonly HedgeInstrumentDto[],
  standing: Standing,
  snapshots: SnapshotRepository,
): Promise<readonly HedgeInstrument[]> {
  const symbols = asked.map(({ symbol }) => fieldSymbol(symbol));
  const quoted = await quotedInstruments(symbols, standing, snapshots);
  const given = (side: string | number | null | undefined): Decimal | null =>
    side === undefined || side === null ? null : new Decimal(side);
  return asked.map(({ lot, bid, ask }, i) => {
    const isQuoted = bid !== undefined || ask !== undefined;
    return {
      ...quoted[i],
      ...(lot !== undefined && { lot: new Decimal(lot) }),
      ...(isQuoted && { bid: given(bid), ask: offer(given(ask)) }),
    };
  });
}

/** What may be traded where the request names nothing: where most is required, underlyings and options near the money. */
export async function ownInstruments(
  standing: Standing,
  given: readonly string[],
  snapshots: SnapshotRepository,
): Promise<readonly HedgeInstrument[]> {
  const { before, context, provenance } = standing;
  const groups = [...before.classGroups.values()]
    .sort((a, b) => b.inForce.requirement - a.inForce.requirement || (a.classGroup < b.classGroup ? -1 : 1))
    .slice(0, GROUPS);
  const underlyings = groups.flatMap((group) => [
    ...new Set([...group.holdings.values()].map(({ underlying }) => underlying.symbol)),
  ]);
  const { snapshotId } = provenance;
  const contracts = snapshotId === null ? given : await snapshots.contractsNearTheMoney(snapshotId, underlyings, NEAR);
  await standing.load(contracts);
  const wanted = new Set(underlyings);
  const symbols = [...underlyings, ...contracts].filter((symbol, i, all) => {
    const instrument = context.valuation.market.instrument(symbol);
    if (instrument === undefined || all.indexOf(symbol) !== i) return false;
    if (instrument.kind === 'UNDERLYING') return instrument.type !== 'INDEX' && wanted.has(symbol);
    return wanted.has(instrument.underlying);
  });
  const instruments = await quotedInstruments(symbols.slice(0, MAX_INSTRUMENTS), standing, snapshots);
  return hedgeable(instruments, before, context);
}

async function quotedInstruments(
  symbols: readonly string[],
  { provenance, context }: Standing,
  snapshots: SnapshotRepository,
): Promise<readonly HedgeInstrument[]> {
  const { snapshotId } = provenance;
  const quotes = snapshotId === null ? [] : await snapshots.quotes(snapshotId, symbols);
  const bySymbol = new Map(quotes.map((quote) => [quote.symbol, quote]));
  return symbols.map((symbol) => {
    const instrument = context.valuation.market.instrument(symbol);
    const { bid = null, ask = null } = bySymbol.get(symbol) ?? {};
    return { symbol, lot: instrument?.kind === 'UNDERLYING' ? ROUND_LOT : ONE, bid, ask: offer(ask) };
  });
}

/** An offer of nothing is nobody's. */
function offer(ask: Decimal | null): Decimal | null {
  return ask?.isZero() ? null : ask;
}

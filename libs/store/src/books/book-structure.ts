import type { BookChain, BookExpiry, BookMarket, BookOption } from './book-market.js';

/** Uniform in [0, 1). */
type Random = () => number;

/** One line of a generated book: + is long; shares, or contracts of options. */
export interface Leg {
  readonly symbol: string;
  readonly quantity: number;
}

/** What people hold, by name. */
export const STRUCTURES = [
  'LONG_STOCK',
  'SHORT_STOCK',
  'LONG_OPTION',
  'COVERED_CALL',
  'PROTECTIVE_PUT',
  'COLLAR',
  'VERTICAL',
  'CALENDAR',
  'SHORT_STRANGLE',
  'IRON_CONDOR',
  'INDEX_HEDGE',
] as const;
export type Structure = (typeof STRUCTURES)[number];

export const LEG_COUNT: Readonly<Record<Structure, number>> = {
  ...{ LONG_STOCK: 1, SHORT_STOCK: 1, LONG_OPTION: 1 },
  ...{ COVERED_CALL: 2, PROTECTIVE_PUT: 2, VERTICAL: 2, CALENDAR: 2, SHORT_STRANGLE: 2, INDEX_HEDGE: 2 },
  ...{ COLLAR: 3, IRON_CONDOR: 4 },
};

const SHARES_PER_CONTRACT = 100;

export function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)];
}

/** `size` contracts, or that many round lots of shares, of a structure; undefined where the underlying has no room for it. */
export function structureLegs(
  structure: Structure,
  chain: BookChain,
  { hedges }: BookMarket,
  size: number,
  random: Random,
): readonly Leg[] | undefined {
  const shares = size * SHARES_PER_CONTRACT;
  const expiry = pick(chain.expiries, random);
  const above = (steps: number) => strikeAway(expiry.calls, chain.spot, steps);
  const below = (steps: number) => strikeAway(expiry.puts, chain.spot, -steps);
  const near = 1 + Math.floor(random() * 4);
  const wing = near + 1 + Math.floor(random() * 3);
  switch (structure) {
    case 'LONG_STOCK':
      return held(chain, [[chain, shares]]);
    case 'SHORT_STOCK':
      return held(chain, [[chain, -shares]]);
    case 'LONG_OPTION':
      return legs([[pick(random() < 0.5 ? expiry.calls : expiry.puts, random), size]]);
    case 'COVERED_CALL':
      return held(chain, [
        [chain, shares],
        [above(near), -size],
      ]);
    case 'PROTECTIVE_PUT':
      return held(chain, [
        [chain, shares],
        [below(near), size],
      ]);
    case 'COLLAR':
      return held(chain, [
        [chain, shares],
        [below(near), size],
        [above(near), -size],
      ]);
    case 'VERTICAL':
      return vertical(expiry, random, size);
    case 'CALENDAR':
      return calendar(chain, random, size);
    case 'SHORT_STRANGLE':
      return legs([
        [below(near), -size],
        [above(near), -size],
      ]);
    case 'IRON_CONDOR':
      return legs([
        [below(wing), size],
        [below(near), -size],
        [above(near), -size],
        [above(wing), size],
      ]);
    case 'INDEX_HEDGE':
      return hedges.length === 0 ? undefined : indexHedge(pick(hedges, random), size, random);
  }
}

type Stated = readonly [instrument: { readonly symbol: string } | undefined, quantity: number];

function held(chain: BookChain, stated: readonly Stated[]): readonly Leg[] | undefined {
  return chain.isHeld ? legs(stated) : undefined;
}

/** Undefined where one of them is not listed. */
function legs(stated: readonly Stated[]): readonly Leg[] | undefined {
  if (stated.some(([instrument]) => instrument === undefined)) return undefined;
  return stated.map(([instrument, quantity]) => ({ symbol: instrument!.symbol, quantity }));
}

/** The listed strike so many places above (+) the spot, or below (−), a strike at the spot being the first. */
function strikeAway(options: readonly BookOption[], spot: number, steps: number): BookOption | undefined {
  const firstAbove = options.findIndex(({ strike }) => strike > spot);
  const middle = firstAbove === -1 ? options.length : firstAbove;
  return options[steps > 0 ? middle + steps - 1 : middle + steps];
}

/** Bought or sold, one to three strikes wide. */
function vertical({ calls, puts }: BookExpiry, random: Random, size: number): readonly Leg[] | undefined {
  const listed = random() < 0.5 ? calls : puts;
  const width = 1 + Math.floor(random() * 3);
  const low = Math.floor(random() * (listed.length - width));
  const sign = random() < 0.5 ? size : -size;
  return legs([
    [listed[low], sign],
    [listed[low + width], -sign],
  ]);
}

/** The near month sold, a later one bought, at one strike. */
function calendar({ expiries }: BookChain, random: Random, size: number): readonly Leg[] | undefined {
  if (expiries.length < 2) return undefined;
  const near = Math.floor(random() * (expiries.length - 1));
  const sold = pick(expiries[near].calls, random);
  const bought = expiries[near + 1].calls.find(({ strike }) => strike === sold.strike);
  return legs([
    [sold, -size],
    [bought, size],
  ]);
}

/** Shares of an index fund with as much of the index bought as puts under them. */
function indexHedge(
  { fund, index }: BookMarket['hedges'][number],
  size: number,
  random: Random,
): readonly Leg[] | undefined {
  const expiry = pick(index.expiries, random);
  const shares = Math.round((size * index.spot) / fund.spot) * SHARES_PER_CONTRACT;
  return legs([
    [fund, shares],
    [strikeAway(expiry.puts, index.spot, -1 - Math.floor(random() * 4)), size],
  ]);
}

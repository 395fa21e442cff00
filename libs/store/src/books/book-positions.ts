import type { BookChain, BookMarket } from './book-market.js';
import { LEG_COUNT, type Leg, pick, type Structure, STRUCTURES, structureLegs } from './book-structure.js';

/** Who trades how: each structure as often as its weight says. */
const STYLES = {
  'covered writer': { COVERED_CALL: 6, LONG_STOCK: 3, COLLAR: 1 },
  'hedged investor': { INDEX_HEDGE: 3, LONG_STOCK: 4, PROTECTIVE_PUT: 2, COLLAR: 1 },
  'spread trader': { VERTICAL: 6, IRON_CONDOR: 3, CALENDAR: 1 },
  'premium seller': { SHORT_STRANGLE: 5, IRON_CONDOR: 4, VERTICAL: 1 },
  'long and short': { LONG_STOCK: 4, SHORT_STOCK: 4, PROTECTIVE_PUT: 1, LONG_OPTION: 1 },
  'trading desk': Object.fromEntries(STRUCTURES.map((structure) => [structure, 1])),
} as const satisfies Readonly<Record<string, Partial<Readonly<Record<Structure, number>>>>>;
export type Style = keyof typeof STYLES;

const STYLE_NAMES = Object.keys(STYLES) as Style[];
/** Draws in a row that find no room before the rest is filled with single options. */
const MISSES_AT_MOST = 100;
/** Underlyings an account watches: at least these, and one for so many positions. */
const WATCHED_AT_LEAST = 3;
const POSITIONS_PER_WATCHED = 5;
/** Value of the shares under one structure of the smallest accounts, on average. */
const DOLLARS_PER_SCALE = 10_000;
const CONTRACTS_AT_MOST = 1_000;

/** What one account holds: `count` positions of one trading style, none twice. Undefined where the market has too few. */
export function bookPositions(
  market: BookMarket,
  count: number,
  random: () => number,
): { readonly style: Style; readonly legs: readonly Leg[] } | undefined {
  const style = pick(STYLE_NAMES, random);
  const watched = watchList(market.chains, count, random);
  // Most accounts are small and a few are a hundred times as large: uniform in the logarithm of the size.
  const scale = Math.exp(random() * Math.log(100));
  const held = new Map<string, number>();
  for (let misses = 0; held.size < count && misses < MISSES_AT_MOST;) {
    const structure = weighted(STYLES[style], count - held.size, random);
    const chain = pick(watched, random);
    const legs = structureLegs(structure, chain, market, contracts(chain, scale, random), random);
    if (legs === undefined || legs.some(({ symbol }) => held.has(symbol))) misses += 1;
    else {
      misses = 0;
      for (const { symbol, quantity } of legs) held.set(symbol, quantity);
    }
  }
  fill(held, count, market.chains);
  if (held.size < count) return undefined;
  return { style, legs: [...held].map(([symbol, quantity]) => ({ symbol, quantity })) };
}

/** As many as come to a sum of money: a few contracts of an index, hundreds of a cheap share. */
function contracts({ spot }: BookChain, scale: number, random: () => number): number {
  return Math.max(
    1,
    Math.min(CONTRACTS_AT_MOST, Math.round((2 * random() * scale * DOLLARS_PER_SCALE) / (100 * spot))),
  );
}

/** Towards the first of them, so that some names are in many books: a product of two uniform numbers. */
function watchList(chains: readonly BookChain[], count: number, random: () => number): readonly BookChain[] {
  const size = Math.max(WATCHED_AT_LEAST, Math.ceil(count / POSITIONS_PER_WATCHED));
  const drawn = Array.from({ length: size }, () => chains[Math.floor(random() * random() * chains.length)]);
  return [...new Set(drawn)];
}

/** A structure of the style with no more legs than there is room for; single shares or options where none has. */
function weighted(
  weights: Partial<Readonly<Record<Structure, number>>>,
  room: number,
  random: () => number,
): Structure {
  const fitting = STRUCTURES.filter((structure) => weights[structure] !== undefined && LEG_COUNT[structure] <= room);
  if (fitting.length === 0) return random() < 0.5 ? 'LONG_OPTION' : 'LONG_STOCK';
  let place = random() * fitting.reduce((sum, structure) => sum + weights[structure]!, 0);
  return fitting.find((structure) => (place -= weights[structure]!) < 0) ?? fitting[0];
}

/** One contract of whatever is not held yet, from the first chain on. */
function fill(held: Map<string, number>, count: number, chains: readonly BookChain[]): void {
  for (const { expiries } of chains) {
    for (const { symbol } of expiries.flatMap(({ calls, puts }) => [...calls, ...puts])) {
      if (held.size >= count) return;
      if (!held.has(symbol)) held.set(symbol, 1);
    }
  }
}

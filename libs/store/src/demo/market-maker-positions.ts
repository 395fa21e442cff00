import { Decimal } from 'decimal.js';
import type { GivenPrices, Option, Underlying } from '@app/market';
import type { Position } from '@app/portfolio';
import { randomStream } from '../books/random-stream.js';

const SEED = 1987;
const OPTIONS_PER_UNDERLYING = 5;
const CONTRACTS_AT_MOST = 40;
/** Round lots of shares, at most. */
const LOTS_AT_MOST = 20;
/** A future stands for fifty times as much as a share of its index. */
const FUTURES_AT_MOST = 4;

/** Whole numbers from −most to most, never 0. */
function signedQuantity(random: () => number, most: number): number {
  const size = 1 + Math.floor(random() * most);
  return random() < 0.5 ? -size : size;
}

function without<T>(items: readonly T[], index: number): readonly T[] {
  return items.filter((_, i) => i !== index);
}

/** `count` of them, none twice. */
function drawn(options: readonly Option[], count: number, random: () => number): readonly Option[] {
  if (count === 0 || options.length === 0) return [];
  const index = Math.floor(random() * options.length);
  return [options[index], ...drawn(without(options, index), count - 1, random)];
}

/** Options whose quotes nothing can be said against, and shares beside them where there are any. */
function positionsOn(underlying: Underlying, options: readonly Option[], random: () => number): Position[] {
  const sound = options.filter((option) => option.underlying === underlying.symbol && option.flags.length === 0);
  const solved = sound.filter(({ volatilitySource }) => volatilitySource === 'SOLVED');
  const inOptions = drawn(solved, OPTIONS_PER_UNDERLYING, random).map(({ symbol }) => ({
    symbol,
    quantity: new Decimal(signedQuantity(random, CONTRACTS_AT_MOST)),
  }));
  const lots = new Decimal(signedQuantity(random, LOTS_AT_MOST));
  const inShares = underlying.type === 'INDEX' ? [] : [{ symbol: underlying.symbol, quantity: lots.times(100) }];
  return [...inShares, ...inOptions];
}

/** A large mixed book over every underlying with a price of the day. */
export function marketMakerPositions({ underlyings, options, futures }: GivenPrices): readonly Position[] {
  const random = randomStream(SEED);
  const priced = underlyings.filter(({ priceDate }) => priceDate === null);
  return [
    ...priced.flatMap((underlying) => positionsOn(underlying, options, random)),
    ...futures.map(({ symbol }) => ({ symbol, quantity: new Decimal(signedQuantity(random, FUTURES_AT_MOST)) })),
  ];
}

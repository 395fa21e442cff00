import { osiSymbol, osiSymbolText } from '@app/market';
import type { BookChain, BookMarket } from './book-market.js';
import { bookPositions } from './book-positions.js';
import { LEG_COUNT, type Leg, type Structure, STRUCTURES, structureLegs } from './book-structure.js';
import { randomStream } from './random-stream.js';

/** Three expiries of 21 strikes around the spot. */
function chain(symbol: string, spot: number, isHeld: boolean): BookChain {
  const listed = (expiry: string, right: 'CALL' | 'PUT') =>
    Array.from({ length: 21 }, (_, i) => Math.round(spot * (0.8 + 0.02 * i))).map((strike) => ({
      symbol: osiSymbolText({ root: symbol, expiry, right, strike }),
      strike,
    }));
  const expiries = ['2026-07-17', '2026-08-21', '2026-09-18'];
  return {
    ...{ symbol, classGroup: isHeld && symbol !== 'FUND' ? symbol : 'INDX', spot, isHeld, isIndexed: spot > 400 },
    expiries: expiries.map((expiry) => ({ calls: listed(expiry, 'CALL'), puts: listed(expiry, 'PUT') })),
  };
}

const stock = chain('STCK', 200, true);
const fund = chain('FUND', 500, true);
const index = chain('INDX', 5000, false);
const market: BookMarket = { chains: [stock, fund, index], hedges: [{ fund, index }] };

/** A structure's legs for many draws; those that found no room are left out. */
function drawn(structure: Structure, on: BookChain = stock): readonly (readonly Leg[])[] {
  const draws = Array.from({ length: 200 }, (_, seed) => structureLegs(structure, on, market, 3, randomStream(seed)));
  return draws.filter((legs) => legs !== undefined);
}

const strike = ({ symbol }: Leg) => osiSymbol(symbol)!.strike;

describe('structureLegs', () => {
  it.each(STRUCTURES)('%s has as many legs as it says, none twice and none empty', (structure) => {
    const all = drawn(structure);
    expect(all.length).toBeGreaterThan(100);
    for (const legs of all) {
      expect(legs).toHaveLength(LEG_COUNT[structure]);
      expect(new Set(legs.map(({ symbol }) => symbol)).size).toBe(legs.length);
      expect(legs.every(({ quantity }) => Number.isInteger(quantity) && quantity !== 0)).toBe(true);
    }
  });

  it('covers calls with as many shares, out of the money', () => {
    for (const [shares, call] of drawn('COVERED_CALL')) {
      expect([shares, call.quantity]).toEqual([{ symbol: 'STCK', quantity: 300 }, -3]);
      expect(strike(call)).toBeGreaterThan(stock.spot);
    }
  });

  it('bounds a condor on both sides of the spot', () => {
    for (const legs of drawn('IRON_CONDOR')) {
      const [low, put, call, high] = legs.map(strike);
      expect(low < put && put <= stock.spot && stock.spot < call && call < high).toBe(true);
      expect(legs.map(({ quantity }) => quantity)).toEqual([3, -3, -3, 3]);
    }
  });

  it('holds no index, and hedges its fund with puts on it', () => {
    expect(drawn('LONG_STOCK', index)).toEqual([]);
    for (const [shares, put] of drawn('INDEX_HEDGE')) {
      expect(shares).toEqual({ symbol: 'FUND', quantity: 3_000 });
      expect(put).toMatchObject({ quantity: 3, symbol: expect.stringMatching(/^INDX {2}\d{6}P/) });
    }
  });
});

describe('bookPositions', () => {
  it('has exactly as many as asked for, down to one and up to all that is listed', () => {
    const all = 3 * 3 * 2 * 21;
    for (const count of [1, 2, 7, 50, all]) {
      for (let seed = 0; seed < 20; seed++) {
        const legs = bookPositions(market, count, randomStream(seed))!.legs;
        expect(new Set(legs.map(({ symbol }) => symbol)).size).toBe(count);
        expect(legs).toHaveLength(count);
      }
    }
    expect(bookPositions(market, 2 * all, randomStream(1))).toBeUndefined();
  });
});

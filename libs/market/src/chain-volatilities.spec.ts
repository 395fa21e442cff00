import { optionValue } from '@app/pricing';
import { Decimal } from 'decimal.js';
import { chainVolatilities, type PricedContract } from './chain-volatilities.js';
import { NO_FACTS, PLAIN_OPTION, type Underlying } from './instrument.js';
import { optionTerms } from './option-terms.js';
import { osiSymbol } from './osi-symbol.js';

const index: Underlying = {
  kind: 'UNDERLYING',
  symbol: 'SPX',
  type: 'INDEX',
  price: new Decimal(100),
  priceDate: null,
  productClass: 'HIGH_CAP_INDEX',
  classGroup: 'SPX',
  productGroup: null,
  leverage: 1,
  dividendYield: 0,
  dividends: [],
  ...NO_FACTS,
};
const market = { valuationDate: '2026-08-21', afterClose: true, rates: [{ days: 30, rate: 0.04 }] };

function option(symbol: string, price: number | null): PricedContract {
  const { right, expiry, strike } = osiSymbol(symbol)!;
  return {
    ...{ kind: 'OPTION', symbol, underlying: 'SPX', right, expiry, strike, exercise: 'EUROPEAN', ...PLAIN_OPTION },
    multiplier: new Decimal(100),
    price: price === null ? null : new Decimal(price),
    impliedVolatility: null,
  };
}

/** The option marked at its value under a volatility. */
function markedAt(symbol: string, volatilityAnnual: number): PricedContract {
  const result = optionTerms(option(symbol, null), index, market);
  if (result.kind === 'GAPS') throw new Error('no terms');
  return option(symbol, optionValue(result.terms, 100, volatilityAnnual));
}

/** A call this deep has a least value of 50.2: at 40 there is no volatility to solve for. */
const BELOW = 40;
const sources = (chain: PricedContract[]): unknown[] =>
  chainVolatilities(chain, index, market).map(
    (known) => known && [known.source, Number(known.volatilityAnnual.toFixed(6))],
  );

describe('chainVolatilities', () => {
  it('solves from the mark', () => {
    expect(sources([markedAt('SPX   260918C00100000', 0.2), markedAt('SPX   260918P00090000', 0.3)])).toEqual([
      ['SOLVED', 0.2],
      ['SOLVED', 0.3],
    ]);
  });

  it('solves American options under their own exercise style', () => {
    const put = { ...option('SPX   270820P00120000', 21), exercise: 'AMERICAN' as const };
    const [american, european] = chainVolatilities([put, { ...put, exercise: 'EUROPEAN' }], index, market);
    expect(american?.source).toBe('SOLVED');
    expect(american!.volatilityAnnual).toBeLessThan(european!.volatilityAnnual);
  });

  it('takes the nearest strike of the same expiry and right, the lower one of two', () => {
    const chain = [
      markedAt('SPX   260918C00110000', 0.18),
      option('SPX   260918C00050000', BELOW),
      markedAt('SPX   260918C00090000', 0.25),
      option('SPX   260918C00100000', 0),
      option('SPX   260918C00105000', 0),
      markedAt('SPX   261016C00100000', 0.5),
    ];
    expect(sources(chain)).toEqual([
      ['SOLVED', 0.18],
      ['NEIGHBOUR_STRIKE', 0.25],
      ['SOLVED', 0.25],
      ['NEIGHBOUR_STRIKE', 0.25],
      ['NEIGHBOUR_STRIKE', 0.18],
      ['SOLVED', 0.5],
    ]);
  });

  it('takes the put or call of its own strike where its right has none, and the floor where nothing has', () => {
    const chain = [
      option('SPX   260918C00050000', BELOW),
      markedAt('SPX   260918P00050000', 0.6),
      option('SPX   261016C00050000', BELOW),
      markedAt('SPXW  261016P00050000', 0.6), // another root settles at another hour
    ];
    expect(sources(chain)).toEqual([
      ['PARITY_PARTNER', 0.6],
      ['SOLVED', 0.6],
      ['FLOOR', 0.01],
      ['SOLVED', 0.6],
    ]);
  });

  it('keeps a given volatility, and lends it', () => {
    const given = { ...option('SPX   260918C00060000', null), impliedVolatility: 0.33 };
    expect(sources([given, option('SPX   260918C00050000', BELOW)])).toEqual([
      ['GIVEN', 0.33],
      ['NEIGHBOUR_STRIKE', 0.33],
    ]);
  });

  it('has none without a price, above the upper bound, for an adjusted contract, expired or settled', () => {
    const good = markedAt('SPX   260918C00100000', 0.2);
    const chain = [
      good,
      option('SPX   260918C00105000', null),
      option('SPX   260918C00095000', 100),
      { ...markedAt('SPX   260918C00110000', 0.2), adjusted: true },
      option('SPX   260820C00100000', 1),
      option('SPX   260821C00100000', 1),
    ];
    expect(sources(chain)).toEqual([['SOLVED', 0.2], null, null, null, null, null]);
  });

  it('has none on a stale or absent spot, or without rates', () => {
    const chain = [markedAt('SPX   260918C00100000', 0.2)];
    expect(chainVolatilities(chain, { ...index, priceDate: '2026-08-20' }, market)).toEqual([null]);
    expect(chainVolatilities(chain, { ...index, price: null }, market)).toEqual([null]);
    expect(chainVolatilities(chain, index, { ...market, rates: [] })).toEqual([null]);
  });
});

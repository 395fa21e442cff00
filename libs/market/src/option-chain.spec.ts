import { Decimal } from 'decimal.js';
import type { QuotedContract } from './chain-flags.js';
import { NO_FACTS, PLAIN_OPTION, type Underlying } from './instrument.js';
import { optionChain } from './option-chain.js';
import { osiSymbol } from './osi-symbol.js';

function underlying(symbol: string): Underlying {
  return {
    ...{
      kind: 'UNDERLYING',
      symbol,
      type: 'INDEX',
      productClass: 'NARROW_INDEX',
      classGroup: symbol,
      productGroup: null,
    },
    ...{ price: new Decimal(100), priceDate: null, leverage: 1, dividendYield: 0, dividends: [] },
    ...NO_FACTS,
  };
}

function quoted(symbol: string, bid: string, ask: string): QuotedContract {
  const { root, right, expiry, strike } = osiSymbol(symbol)!;
  return {
    contract: {
      ...{ kind: 'OPTION', symbol, underlying: root, right, expiry, strike, exercise: 'EUROPEAN', ...PLAIN_OPTION },
      multiplier: new Decimal(100),
    },
    quote: { bid: new Decimal(bid), ask: new Decimal(ask) },
  };
}

const market = { valuationDate: '2026-08-21', afterClose: true, rates: [{ days: 30, rate: 0.04 }] };

describe('optionChain', () => {
  it('marks, flags and solves every contract in its place', () => {
    const chain = optionChain(
      [
        quoted('SPX   260918C00100000', '2.30', '2.40'),
        quoted('SPX   260918P00100000', '0', '0'),
        quoted('SPX   260918C00105000', '0', '0.8'),
      ],
      underlying('SPX'),
      market,
    );
    expect(
      chain.map(({ price, flags, volatilitySource }) => [price?.toFixed() ?? null, flags, volatilitySource]),
    ).toEqual([
      ['2.35', [], 'SOLVED'],
      [null, ['NO_QUOTE'], null],
      ['0.4', ['NO_BID'], 'SOLVED'],
    ]);
    expect(chain[0].impliedVolatility).toBeGreaterThan(0.15);
    expect(chain[1].impliedVolatility).toBeNull();
  });

  it('says so where no volatility is high enough for the mark', () => {
    const above = optionChain([quoted('SPX   260918C00100000', '100', '101')], underlying('SPX'), market);
    expect(above[0]).toMatchObject({ impliedVolatility: null, volatilitySource: null });
    expect(above[0].flags).toContain('ABOVE_BOUND');
    const expired = optionChain([quoted('SPX   260814C00100000', '2', '2.1')], underlying('SPX'), market);
    expect(expired[0].flags).not.toContain('ABOVE_BOUND');
    const unpriced = { ...underlying('SPX'), price: null };
    expect(optionChain([quoted('SPX   260918C00100000', '2', '2.1')], unpriced, market)[0].flags).toEqual([]);
  });

  it('doubts both sides of a pair that breaks parity, but not of a volatility index, whose level nobody can hold', () => {
    const pair = (root: string): QuotedContract[] => [
      quoted(`${root}   260918C00100000`, '6', '6.2'),
      quoted(`${root}   260918P00100000`, '1', '1.1'),
    ];
    const flags = (root: string): unknown =>
      optionChain(pair(root), underlying(root), market).map((known) => known.flags);
    expect(flags('SPX')).toEqual([['PARITY_BREAK'], ['PARITY_BREAK']]);
    expect(flags('VIX')).toEqual([[], []]);
  });

  it('does not pair one root with another of the same strike and expiry', () => {
    const chain = [quoted('SPX   260918C00100000', '6', '6.2'), quoted('SPXW  260918P00100000', '1', '1.1')];
    expect(optionChain(chain, underlying('SPX'), market).map(({ flags }) => flags)).toEqual([[], []]);
  });
});

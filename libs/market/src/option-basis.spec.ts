import { Decimal } from 'decimal.js';
import { deliverableOf } from './deliverable.js';
import { type Future, type Instrument, NO_FACTS, type Option, PLAIN_OPTION, type Underlying } from './instrument.js';
import { isBasis, optionBasis, type OptionBasis } from './option-basis.js';
import { underlyingOf } from './underlying-of.js';

function share(symbol: string, price: string | null, changes: Partial<Underlying> = {}): Underlying {
  return {
    ...{ kind: 'UNDERLYING', symbol, type: 'EQUITY', productClass: 'EQUITY', classGroup: symbol, productGroup: null },
    ...{ price: price === null ? null : new Decimal(price), priceDate: null, leverage: 1 },
    ...{ dividendYield: 0, dividends: [], ...NO_FACTS, ...changes },
  };
}

const index = share('SPX', '5000', { type: 'INDEX', productClass: 'HIGH_CAP_INDEX' });
const future: Future = {
  ...{ kind: 'FUTURE', symbol: 'ESZ6', underlying: 'SPX', price: new Decimal(5_050), expiry: '2026-12-18' },
  multiplier: new Decimal(50),
};
const plain: Option = {
  ...{ kind: 'OPTION', symbol: 'XYZ   260918C00100000', underlying: 'XYZ', right: 'CALL', expiry: '2026-09-18' },
  ...{ strike: 100, exercise: 'AMERICAN', multiplier: new Decimal(100) },
  ...{ ...PLAIN_OPTION, price: null, impliedVolatility: null, volatilitySource: null, flags: [] },
};
const adjusted = (text: string): Option => ({
  ...plain,
  ...{ symbol: 'XYZ1  260918C00100000', adjusted: true, deliverable: deliverableOf(text)! },
});
const onFuture: Option = {
  ...plain,
  symbol: 'ESZ6C5000',
  form: 'ON_FUTURE',
  underlying: 'ESZ6',
  strike: 5_000,
};

function market(...instruments: readonly Instrument[]) {
  const bySymbol = new Map(instruments.map((instrument) => [instrument.symbol, instrument]));
  return { valuationDate: '2026-08-21', instrument: (symbol: string) => bySymbol.get(symbol) };
}

function basisOf(option: Option, ...instruments: readonly Instrument[]): OptionBasis {
  const basis = optionBasis(option, market(...instruments));
  if (!isBasis(basis)) throw new Error(JSON.stringify(basis));
  return basis;
}

describe('optionBasis', () => {
  it('is the underlying itself', () => {
    const xyz = share('XYZ', '97.5');
    expect(basisOf(plain, xyz)).toEqual({
      on: xyz,
      parts: [{ units: 1, price: 97.5, moves: xyz }],
      cash: 0,
      gaps: [],
    });
  });

  it("is a future at its own price, which the index's moves stress, and which costs nothing to carry", () => {
    const { on, parts } = basisOf(onFuture, index, future);
    expect(on).toMatchObject({ classGroup: 'SPX', dividendYield: 0, forwards: [{ forward: 5_050, source: 'FUTURE' }] });
    expect(on.price?.toFixed()).toBe('5050');
    expect(parts).toEqual([{ units: 1, price: 5_050, moves: index }]);
    expect(underlyingOf(onFuture, market(index, future))).toBe(index);
  });

  it.each([
    ['future.expired', { expiry: '2026-08-20' }],
    ['price.missing', { price: null }],
  ])('says %s of the future under an option', (code, changes) => {
    expect(basisOf(onFuture, index, { ...future, ...changes }).gaps).toMatchObject([{ code, symbol: 'ESZ6' }]);
  });

  it('is what a contract delivers, per unit of its multiplier, in the class group of a single component', () => {
    const vxx = share('VXX', '40', { leverage: 2, dividends: [{ exDate: '2026-09-01', amount: 0.4 }] });
    const option = adjusted('25 VXX + 12.50 USD');
    const { on, parts, cash } = basisOf(option, vxx);
    expect({ parts, cash }).toEqual({ parts: [{ units: 0.25, price: 40, moves: vxx }], cash: 0.125 });
    expect(on).toMatchObject({ symbol: '25 VXX + 12.5 USD', classGroup: 'VXX' });
    expect(on).toMatchObject({ dividends: [{ exDate: '2026-09-01', amount: 0.1 }] });
    expect(on.price?.toNumber()).toBe(10.125);
    expect(underlyingOf(option, market(vxx))).toBe(vxx);
  });

  it('is a class group of its own, in the widest of their ranges, where several are delivered', () => {
    const aaa = share('AAA', '50', { dividendYield: 0.02 });
    const fund = share('FFF', '200', { type: 'ETF', productClass: 'HIGH_CAP_INDEX', classGroup: 'SPX' });
    const option = adjusted('10 FFF + 60 AAA');
    const { on, parts } = basisOf(option, aaa, fund);
    expect(parts.map(({ units, price }) => units * price)).toEqual([20, 30]);
    expect(on).toMatchObject({ classGroup: 'AAA+FFF', productClass: 'EQUITY', productGroup: null, leverage: 1 });
    expect(on.dividendYield).toBeCloseTo(0.012, 12);
    expect(underlyingOf(option, market(aaa, fund))).toMatchObject({ classGroup: 'AAA+FFF' });
  });

  it('names every component that is missing or has no price', () => {
    expect(optionBasis(adjusted('1 AAA + 2 BBB'), market())).toMatchObject([
      { code: 'symbol.unknown', symbol: 'AAA' },
      { code: 'symbol.unknown', symbol: 'BBB' },
    ]);
    const { gaps, parts } = basisOf(adjusted('1 AAA + 2 BBB'), share('AAA', null), share('BBB', '1'));
    expect(gaps).toMatchObject([{ code: 'price.missing', symbol: 'AAA' }]);
    expect(parts).toEqual([]);
  });
});

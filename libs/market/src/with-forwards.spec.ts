import { Decimal } from 'decimal.js';
import { type Forward, type Future, NO_FACTS, type Option, PLAIN_OPTION, type Underlying } from './instrument.js';
import { osiSymbolText } from './osi-symbol.js';
import { withForwards } from './with-forwards.js';

const market = { valuationDate: '2026-08-21', afterClose: true, rates: [{ days: 26, rate: 0 }] };
const EXPIRY = '2026-09-16';

const index = (symbol: string, forwards: readonly Forward[] = []): Underlying => ({
  ...{
    kind: 'UNDERLYING',
    symbol,
    type: 'INDEX',
    productClass: 'NARROW_INDEX',
    classGroup: symbol,
    productGroup: null,
  },
  ...{ price: new Decimal(15), priceDate: null, leverage: 1, dividendYield: 0, dividends: [], ...NO_FACTS, forwards },
});

/** Without interest call less put is the forward, here 17.5, less the strike. */
const chain = [16, 17, 18, 19].flatMap((strike) =>
  (['CALL', 'PUT'] as const).map((right): Option => {
    const symbol = osiSymbolText({ root: 'VIX', expiry: EXPIRY, right, strike });
    return {
      ...{ kind: 'OPTION', symbol, underlying: 'VIX', right, expiry: EXPIRY, strike, exercise: 'EUROPEAN' },
      ...{ ...PLAIN_OPTION, multiplier: new Decimal(100), impliedVolatility: null, volatilitySource: null, flags: [] },
      price: new Decimal(right === 'CALL' ? 3 + 17.5 - strike : 3),
    };
  }),
);
const vx: Future = {
  ...{ kind: 'FUTURE', symbol: 'VXU6', underlying: 'VIX', price: new Decimal('17.6'), expiry: EXPIRY },
  multiplier: new Decimal(1_000),
};
const GIVEN: Forward = { expiry: EXPIRY, root: '', forward: 17.7, rate: null, source: 'GIVEN', pairs: 0 };

describe('withForwards', () => {
  const sources = (underlying: Underlying, futures: readonly Future[]) =>
    withForwards(underlying, { options: chain, futures }, market).forwards.map(({ forward, source }) => [
      forward,
      source,
    ]);

  it('takes what is given before a future, and a future before what calls and puts imply', () => {
    expect(sources(index('VIX'), [])).toEqual([[17.5, 'PARITY_IMPLIED']]);
    expect(sources(index('VIX'), [vx])).toEqual([[17.6, 'FUTURE']]);
    expect(sources(index('VIX', [GIVEN]), [vx])).toEqual([[17.7, 'GIVEN']]);
  });

  it('leaves every other index with the yield it was stated with', () => {
    expect(withForwards(index('SPX'), { options: chain, futures: [] }, market)).toEqual(index('SPX'));
  });
});

import { optionValue } from '@app/pricing';
import { Decimal } from 'decimal.js';
import { type OptionContract, PLAIN_OPTION } from './instrument.js';
import { osiSymbolText } from './osi-symbol.js';
import { type MarkedContract, markedContracts, parityForward } from './parity-forward.js';

const EXPIRY = '2026-09-18';
const YEARS = 28 / 365;
const RATE = 0.042;
const market = { valuationDate: '2026-08-21', afterClose: true, rates: [{ days: 28, rate: RATE }] };
const STRIKES = Array.from({ length: 21 }, (_, i) => 4_800 + 20 * i);

function contract(right: 'CALL' | 'PUT', strike: number, changes: Partial<OptionContract> = {}): OptionContract {
  const symbol = osiSymbolText({ root: 'SPX', expiry: EXPIRY, right, strike });
  const terms = { symbol, underlying: 'SPX', right, expiry: EXPIRY, strike, exercise: 'EUROPEAN' } as const;
  return { kind: 'OPTION', ...terms, multiplier: new Decimal(100), ...PLAIN_OPTION, ...changes };
}

/** Black and Scholes values on a smile: parity holds whatever the volatilities. */
function marked(spot: number, dividendYield: number, rateContinuous = RATE): MarkedContract[] {
  return STRIKES.flatMap((strike) =>
    (['CALL', 'PUT'] as const).map((right) => {
      const terms = { right, exercise: 'EUROPEAN' as const, strike, yearsToExpiry: YEARS, rateContinuous };
      const mark = optionValue({ ...terms, dividendYield, dividends: [] }, spot, 0.15 + (5_000 - strike) / 10_000);
      return { contract: contract(right, strike), mark, uncertainty: 0.5 };
    }),
  );
}

describe('parityForward', () => {
  it.each([0, 0.013, -0.8])('finds the forward of a yield of %d, whatever the smile', (dividendYield) => {
    const forward = parityForward(marked(5_000, dividendYield), market)!;
    expect(forward).toMatchObject({ expiry: EXPIRY, root: 'SPX', rate: null, source: 'PARITY_IMPLIED', pairs: 21 });
    expect(forward.forward).toBeCloseTo(5_000 * Math.exp((RATE - dividendYield) * YEARS), 6);
  });

  it('finds the rate as well where the market has no curve', () => {
    const forward = parityForward(marked(5_000, 0.013, 0.0317), { ...market, rates: [] })!;
    expect(forward.rate).toBeCloseTo(0.0317, 8);
    expect(forward.forward).toBeCloseTo(5_000 * Math.exp((0.0317 - 0.013) * YEARS), 6);
  });

  it('looks at the pairs whose quotes are tight, and not at stale ones', () => {
    const chain = marked(5_000, 0.013).map((entry, i) =>
      i % 8 < 2 ? { ...entry, mark: entry.mark + (i % 2 === 0 ? 9 : 0), uncertainty: 12 } : entry,
    );
    const forward = parityForward(chain, market)!;
    expect(forward.pairs).toBeLessThan(21);
    expect(forward.forward).toBeCloseTo(5_000 * Math.exp((RATE - 0.013) * YEARS), 6);
  });

  it.each([
    ['fewer than three pairs', marked(5_000, 0).slice(0, 4)],
    ['nothing', []],
    ['calls alone', marked(5_000, 0).filter(({ contract: { right } }) => right === 'CALL')],
    [
      'American options',
      marked(5_000, 0).map((entry) => ({
        ...entry,
        contract: contract(entry.contract.right, entry.contract.strike, { exercise: 'AMERICAN' }),
      })),
    ],
  ])('says nothing from %s', (_, chain) => expect(parityForward(chain, market)).toBeUndefined());

  it('says nothing on the expiry date', () => {
    expect(parityForward(marked(5_000, 0), { ...market, valuationDate: EXPIRY })).toBeUndefined();
  });

  it('takes marks of quotes that have both sides, and not of crossed ones or of no bid', () => {
    const quotes = [
      ['1.00', '1.20'],
      ['0', '0.05'],
      ['1.20', '1.00'],
    ].map(([bid, ask], i) => ({
      contract: contract('CALL', 5_000 + i),
      quote: { bid: new Decimal(bid), ask: new Decimal(ask) },
    }));
    const [only, ...others] = markedContracts([
      ...quotes,
      { contract: contract('PUT', 5_000), quote: { bid: null, ask: new Decimal(1) } },
    ]);
    expect(others).toEqual([]);
    expect([only.mark, only.uncertainty]).toEqual([1.1, expect.closeTo(0.1, 12)]);
  });
});

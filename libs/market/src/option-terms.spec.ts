import { Decimal } from 'decimal.js';
import { NO_FACTS, PLAIN_OPTION, type OptionContract, type Underlying } from './instrument.js';
import { optionTerms } from './option-terms.js';

const share: Underlying = {
  kind: 'UNDERLYING',
  symbol: 'IBM',
  type: 'EQUITY',
  price: new Decimal('97.73'),
  priceDate: null,
  productClass: 'EQUITY',
  classGroup: 'IBM',
  productGroup: null,
  leverage: 1,
  dividendYield: 0.01,
  ...NO_FACTS,
  dividends: [
    { exDate: '2007-04-21', amount: 0.4 },
    { exDate: '2007-03-08', amount: 0.3 },
    { exDate: '2007-02-23', amount: 9 }, // gone with the valuation date
    { exDate: '2007-04-22', amount: 9 }, // after expiry
  ],
};
const call: OptionContract = {
  kind: 'OPTION',
  symbol: 'IBM   070421C00100000',
  underlying: 'IBM',
  right: 'CALL',
  expiry: '2007-04-21',
  strike: 100,
  exercise: 'AMERICAN',
  multiplier: new Decimal(100),
  ...PLAIN_OPTION,
};
const market = {
  valuationDate: '2007-02-23',
  afterClose: true,
  rates: [
    { days: 13, rate: 0.05 },
    { days: 57, rate: 0.0508 },
  ],
};

describe('optionTerms', () => {
  it('takes the dividends after the valuation date and up to expiry, in order, each at its own rate', () => {
    expect(optionTerms(call, share, market)).toEqual({
      kind: 'TERMS',
      terms: {
        right: 'CALL',
        exercise: 'AMERICAN',
        strike: 100,
        yearsToExpiry: 57 / 365,
        rateContinuous: 0.0508,
        dividendYield: 0.01,
        dividends: [
          { years: 13 / 365, amount: 0.3, rateContinuous: 0.05 },
          { years: 57 / 365, amount: 0.4, rateContinuous: 0.0508 },
        ],
      },
    });
  });

  it('names every reason at once', () => {
    const result = optionTerms({ ...call, adjusted: true }, share, {
      ...market,
      valuationDate: '2007-04-22',
      rates: [],
    });
    expect(result.kind === 'GAPS' && result.gaps.map(({ code, symbol }) => [code, symbol])).toEqual([
      ['deliverable.unknown', call.symbol],
      ['option.expired', call.symbol],
      ['rates.missing', call.symbol],
    ]);
  });

  it('is settled after the close of the expiry date', () => {
    const result = optionTerms(call, share, { ...market, valuationDate: '2007-04-21' });
    expect(result).toMatchObject({ kind: 'TERMS', terms: { yearsToExpiry: 0, dividends: [] } });
  });

  it('takes the yield that leads to a forward, instead of what the underlying states', () => {
    const forward = { expiry: '2007-04-21', root: 'IBM', forward: 99, rate: null, source: 'GIVEN', pairs: 0 } as const;
    const result = optionTerms(call, { ...share, forwards: [forward] }, market);
    if (result.kind !== 'TERMS') throw new Error('gaps');
    const { dividendYield, rateContinuous, yearsToExpiry, dividends } = result.terms;
    expect({ rateContinuous, dividends }).toEqual({ rateContinuous: 0.0508, dividends: [] });
    expect(97.73 * Math.exp((rateContinuous - dividendYield) * yearsToExpiry)).toBeCloseTo(99, 10);
    // Another root or expiry has its own.
    const others = [
      { ...forward, root: 'IBMX' },
      { ...forward, expiry: '2007-05-19' },
    ];
    expect(optionTerms(call, { ...share, forwards: others }, market)).toMatchObject({ terms: { dividendYield: 0.01 } });
    const own = { ...share, forwards: [{ ...forward, rate: 0.03 }] };
    expect(optionTerms(call, own, { ...market, rates: [] })).toMatchObject({ terms: { rateContinuous: 0.03 } });
  });

  it('has none for an option on a volatility index without a forward, but where it is at intrinsic value', () => {
    const vix = { ...share, symbol: 'VIX', dividends: [] };
    const gaps = [{ code: 'forward.missing', symbol: call.symbol }];
    expect(optionTerms(call, vix, market)).toMatchObject({ kind: 'GAPS', gaps });
    const settled = { ...market, valuationDate: '2007-04-21' };
    expect(optionTerms(call, vix, settled)).toMatchObject({ terms: { yearsToExpiry: 0 } });
  });

  it('knows options that are settled in the morning of their expiry date', () => {
    const morning = { ...market, valuationDate: '2007-04-21', afterClose: false };
    const years = (root: string) => {
      const result = optionTerms({ ...call, symbol: `${root.padEnd(6)}070421C00100000` }, share, morning);
      return result.kind === 'TERMS' ? result.terms.yearsToExpiry : undefined;
    };
    expect([years('SPX'), years('SPXW'), years('IBM')]).toEqual([0, 1 / 365, 1 / 365]);
  });
});

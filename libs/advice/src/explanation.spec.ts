import { accountMargin, NOTHING_HELD_BACK } from '@app/margin';
import type { Instrument, Market } from '@app/market';
import type { Position } from '@app/portfolio';
import { type HouseRule } from '@app/rules';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import {
  answered,
  contextOf,
  future,
  houseRule,
  indexed,
  marketOf,
  option,
  positionsOf,
  SEPTEMBER,
  share,
} from '../../../test/support/sample-market.js';
import { type AccountState, type Cause, type Explanation, explanation } from './explanation.js';

const CALL = option('AAA', SEPTEMBER, 'CALL', 105).symbol;
const PUT = option('AAA', SEPTEMBER, 'PUT', 95).symbol;
const LATER = '2026-08-28T18:00:00.000Z';

interface Quotes {
  readonly aaa?: string;
  readonly spx?: string;
  readonly volatility?: number;
  readonly rate?: number;
  readonly asOf?: string;
}

const marketAt = ({ aaa = '100', spx = '5000', volatility = 0.3, rate = 0.04, asOf }: Quotes = {}): Market => {
  const instruments: Instrument[] = [
    share('AAA', aaa),
    indexed('SPX', spx, { type: 'INDEX' }),
    future('ESU6', 'SPX', spx),
    option('AAA', SEPTEMBER, 'CALL', 105, { impliedVolatility: volatility }),
    option('AAA', SEPTEMBER, 'PUT', 95, { impliedVolatility: volatility }),
  ];
  return marketOf(instruments, { rates: [{ days: 30, rate }], ...(asOf !== undefined && { asOf }) });
};

const state = (
  positions: readonly Position[],
  quotes: Quotes = {},
  rules: readonly HouseRule[] = [],
  cash = '100000',
): AccountState => {
  const market = marketAt(quotes);
  return {
    portfolio: { cash: new Decimal(cash), positions },
    market,
    rules: contextOf(market, rules).rules,
    strictVolatility: false,
    hold: NOTHING_HELD_BACK,
  };
};
const explained = (from: AccountState, to: AccountState): Explanation => answered(explanation(from, to));
const changeOf = ({ causes }: Explanation, cause: Cause) => {
  const { requirement, equity } = causes.find((each) => each.cause === cause)!;
  return { requirement, equity };
};
/** Causes with which anything changed. */
const active = ({ causes }: Explanation): Cause[] =>
  causes.filter(({ requirement, equity }) => requirement !== 0 || equity !== 0).map(({ cause }) => cause);

const STRADDLE = positionsOf([CALL, -10], [PUT, -10]);

describe('why the margin changed', () => {
  it('is the prices where only they moved', () => {
    const found = explained(state(positionsOf(['AAA', 1_000])), state(positionsOf(['AAA', 1_000]), { aaa: '110' }));
    expect(active(found)).toEqual(['PRICES']);
    // 1,000 shares ten dollars higher, and 15 % of that.
    expect(changeOf(found, 'PRICES')).toEqual({ requirement: 150_000, equity: 1_000_000 });
  });

  it('is time, volatilities or rates where only they did', () => {
    const from = state(STRADDLE);
    expect(active(explained(from, state(STRADDLE, { asOf: LATER })))).toEqual(['TIME']);
    expect(active(explained(from, state(STRADDLE, { volatility: 0.4 })))).toEqual(['VOLATILITIES']);
    expect(active(explained(from, state(STRADDLE, { rate: 0.06 })))).toEqual(['REST_OF_MARKET']);
    // A short straddle gains as time passes and loses as volatility rises.
    expect(changeOf(explained(from, state(STRADDLE, { asOf: LATER })), 'TIME').equity).toBeGreaterThan(0);
    expect(changeOf(explained(from, state(STRADDLE, { volatility: 0.4 })), 'VOLATILITIES').equity).toBeLessThan(0);
  });

  it('is the rules where they became stricter, the positions and cash where they changed', () => {
    const held = positionsOf(['AAA', 1_000]);
    const stricter = explained(state(held), state(held, {}, [houseRule('priceMove.down', -0.2)]));
    expect(active(stricter)).toEqual(['RULES']);
    expect(changeOf(stricter, 'RULES')).toEqual({ requirement: 500_000, equity: 0 });
    const bought = explained(state([], {}, [], '100000'), state(held, {}, [], '0'));
    expect(active(bought)).toEqual(['POSITIONS']);
    expect(changeOf(bought, 'POSITIONS')).toEqual({ requirement: 1_500_000, equity: 0 });
  });

  it('needs no price of what is held at one of the two times only', () => {
    const gone = option('AAA', '2026-08-21', 'CALL', 100);
    const market = marketOf([share('AAA', '100'), gone]);
    const from = { ...state([]), market, rules: contextOf(market).rules };
    const withOption = { ...from, portfolio: { ...from.portfolio, positions: positionsOf([gone.symbol, 5]) } };
    const found = explained(withOption, state(positionsOf([CALL, 5]), { asOf: LATER }));
    expect(active(found)).toEqual(['POSITIONS']);
    const unknown = explanation(state(positionsOf(['NOSUCH', 1])), state([]));
    expect(unknown).toMatchObject([{ code: 'symbol.unknown', symbol: 'NOSUCH' }]);
  });

  it('adds up to the cent, whatever changed', () => {
    const quotes = fc.record({
      aaa: fc.integer({ min: 7_000, max: 13_000 }).map((cents) => (cents / 100).toFixed(2)),
      spx: fc.integer({ min: 4_000, max: 6_000 }).map(String),
      volatility: fc.constantFrom(0.1, 0.3, 0.55),
      rate: fc.constantFrom(0, 0.04),
      asOf: fc.constantFrom('2026-08-21T18:00:00.000Z', LATER),
    });
    const books = fc.array(fc.tuple(fc.constantFrom('AAA', CALL, PUT, 'ESU6'), fc.integer({ min: -50, max: 50 })), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(quotes, quotes, books, books, (earlier, later, held, left) => {
        const [from, to] = [state(positionsOf(...held), earlier), state(positionsOf(...left), later, [], '90000')];
        const found = explained(from, to);
        const margins = [from, to].map(({ portfolio, market }) =>
          answered(accountMargin(portfolio, contextOf(market))),
        );
        for (const amount of ['requirement', 'equity'] as const) {
          expect([found.from[amount], found.to[amount]]).toEqual(margins.map((margin) => margin[amount]));
          const sum = found.causes.reduce((total, cause) => total + cause[amount], 0);
          expect(sum).toBe(found.to[amount] - found.from[amount]);
        }
      }),
      { seed: 20_261_128, numRuns: 300 },
    );
  });
});

import { accountMargin, type AccountMargin } from '@app/margin';
import type { Position } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import {
  answered,
  contextOf,
  future,
  indexed,
  marketOf,
  option,
  positionsOf,
  SEPTEMBER,
  share,
} from '../../../test/support/sample-market.js';
import { type Distance, distance } from './distance.js';

const market = (aaa = '100', changes = {}) =>
  marketOf([
    share('AAA', aaa),
    share('BBB', '50'),
    indexed('SPX', '5000', { type: 'INDEX' }),
    indexed('UPRO', '80', { leverage: 3 }),
    future('ESU6', 'SPX', '5000'),
    option('AAA', SEPTEMBER, 'CALL', 110, { impliedVolatility: 0.3, ...changes }),
  ]);
const context = contextOf(market());
const margined = (positions: readonly Position[], cash: string, on = context): AccountMargin =>
  answered(accountMargin({ cash: new Decimal(cash), positions }, on));
const distanceOf = (positions: readonly Position[], cash: string, classGroup: string): Distance =>
  distance(margined(positions, cash), positions, classGroup, context);

describe('how far it is to trouble', () => {
  it('of a share bought on credit is where what is left covers 15 % of its value', () => {
    // 1,000 at 100 with 70,000 borrowed: equity 1000 S − 70,000, requirement 150 S; none left at S = 82.352941.
    expect(distanceOf(positionsOf(['AAA', 1_000]), '-70000', 'AAA')).toEqual({ down: -0.176471, up: null });
  });

  it('of a share sold short is upwards', () => {
    // 130,000 − 1000 S = 150 S at S = 113.043478.
    expect(distanceOf(positionsOf(['AAA', -1_000]), '130000', 'AAA')).toEqual({ down: null, up: 0.130435 });
  });

  it('of a future counts what is settled in cash, of a leveraged fund its multiple', () => {
    // 250,000 × m below 40,000, and 8 % of what the contract is worth then: 40,000 + 250,000 m = 20,000 (1 + m).
    expect(distanceOf(positionsOf(['ESU6', 1]), '40000', 'SPX').down).toBeCloseTo(-20 / 230, 6);
    // 80,000 (1 + 3 m) − 50,000 = 0.24 × 80,000 (1 + 3 m).
    expect(distanceOf(positionsOf(['UPRO', 1_000]), '-50000', 'SPX').down).toBeCloseTo((50 / 60.8 - 1) / 3, 6);
  });

  it('is nothing in deficit, and endless where nothing can be lost', () => {
    expect(distanceOf(positionsOf(['AAA', 1_000]), '-99000', 'AAA')).toEqual({ down: 0, up: 0 });
    expect(distanceOf(positionsOf(['AAA', 100]), '1000', 'AAA')).toEqual({ down: null, up: null });
    expect(distanceOf(positionsOf(['AAA', 100]), '1000', 'BBB')).toEqual({ down: null, up: null });
  });

  it('of options is where the account, priced there from the start, has no excess', () => {
    const held = positionsOf(['AAA', 300], [option('AAA', SEPTEMBER, 'CALL', 110).symbol, -9], ['BBB', 200]);
    const { up, down } = distanceOf(held, '-15000', 'AAA');
    for (const move of [down!, up!]) {
      const there = contextOf(market(new Decimal(100).times(1 + move).toFixed(10)));
      const { equity, requirement } = margined(held, '-15000', there);
      // The last digit of the move is worth some cents.
      expect(Math.abs(equity - requirement)).toBeLessThan(50);
    }
  });
});

import { intrinsicValue, type SpreadLeg, spreadLoss, spreadPrices } from './spread-loss.js';

const call = (strike: number, shares: number): SpreadLeg => ({ right: 'CALL', strike, shares });
const put = (strike: number, shares: number): SpreadLeg => ({ right: 'PUT', strike, shares });

describe('the greatest loss of a spread', () => {
  it.each([
    ['nothing held', [], 0],
    ['call debit spread', [call(95, 100), call(105, -100)], 0],
    ['call credit spread', [call(60, 100), call(50, -100)], 1000],
    ['put credit spread', [put(425, 100), put(430, -100)], 500],
    ['long butterfly', [call(95, 100), call(100, -200), call(105, 100)], 0],
    ['short butterfly', [put(95, -100), put(100, 200), put(105, -100)], 500],
    ['butterfly with unequal wings', [put(540, 100), put(550, -200), put(555, 100)], 500],
    ['iron condor: one wing', [put(90, 100), put(95, -100), call(105, -100), call(110, 100)], 500],
    ['short box', [call(95, -100), call(105, 100), put(105, -100), put(95, 100)], 1000],
    ['long box', [call(95, 100), call(105, -100), put(105, 100), put(95, -100)], 0],
    ['puts that lose at zero', [put(100, -100), put(10, 100)], 9000],
  ])('%s', (_, legs, expected) => {
    expect(spreadLoss(legs)).toBe(expected);
  });

  it('is looked for at every strike once and at zero', () => {
    expect(spreadPrices([105, 95, 105])).toEqual([0, 95, 105]);
    expect(intrinsicValue([call(95, 100), put(105, -100)], 100)).toBe(0);
  });
});

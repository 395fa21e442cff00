import { zeroCurve } from './zero-curve.js';
import { zeroRate } from './zero-rate.js';

/** Price of a bond of `face` 100 that pays half of `couponPercent` every half year, on the curve. */
function bondPrice(curve: ReturnType<typeof zeroCurve>, couponPercent: number, years: number): number {
  const factor = (t: number): number => {
    const days = Math.round(t * 365);
    return Math.exp((-zeroRate(curve, days)! * days) / 365);
  };
  let price = 100 * factor(years);
  for (let t = 0.5; t <= years; t += 0.5) price += (couponPercent / 2) * factor(t);
  return price;
}

describe('zeroCurve', () => {
  it('follows the bootstrap by hand: 4 % at half a year, 5 % at one', () => {
    // 1/(1 + 0.04/2) = 0.9803921569; (1 − 0.025 · 0.9803921569)/1.025 = 0.9516977523
    const curve = zeroCurve([
      { tenorYears: 0.5, parYieldPercent: 4 },
      { tenorYears: 1, parYieldPercent: 5 },
    ]);
    expect(curve.map(({ days }) => days)).toEqual([183, 365]);
    expect(Math.exp((-curve[0].rate * 183) / 365)).toBeCloseTo(0.9803921569, 9);
    expect(Math.exp(-curve[1].rate)).toBeCloseTo(0.9516977523, 9);
  });

  it('pays simple interest on a bill: 3.88 % over a quarter', () => {
    const [bill] = zeroCurve([{ tenorYears: 0.25, parYieldPercent: 3.88 }]);
    expect(bill.days).toBe(91);
    expect(Math.exp((-bill.rate * 91) / 365)).toBeCloseTo(1 / 1.0097, 12);
  });

  it('reprices every published par bond to 100', () => {
    const parYields = [
      { tenorYears: 0.25, parYieldPercent: 3.88 },
      { tenorYears: 2, parYieldPercent: 4.24 },
      { tenorYears: 5, parYieldPercent: 4.43 },
      { tenorYears: 10, parYieldPercent: 4.7 },
      { tenorYears: 30, parYieldPercent: 5.1 },
    ];
    const curve = zeroCurve(parYields.toReversed());
    for (const { tenorYears, parYieldPercent } of parYields.slice(1)) {
      expect(bondPrice(curve, parYieldPercent, tenorYears)).toBeCloseTo(100, 9);
    }
  });

  it('knows negative and zero yields', () => {
    expect(zeroCurve([{ tenorYears: 1, parYieldPercent: 0 }]).map(({ rate }) => rate)).toEqual([0, 0]);
    expect(zeroCurve([{ tenorYears: 1, parYieldPercent: -0.5 }])[1].rate).toBeLessThan(0);
  });

  it.each([
    ['no yields', []],
    [
      'a tenor twice',
      [
        { tenorYears: 1, parYieldPercent: 4 },
        { tenorYears: 1, parYieldPercent: 5 },
      ],
    ],
    ['a tenor of 0', [{ tenorYears: 0, parYieldPercent: 4 }]],
    ['a yield that is no number', [{ tenorYears: 1, parYieldPercent: Number.NaN }]],
    [
      'no positive factor',
      [
        { tenorYears: 0.5, parYieldPercent: 1 },
        { tenorYears: 3, parYieldPercent: 1000 },
      ],
    ],
  ])('is empty for %s', (_, parYields) => {
    expect(zeroCurve(parYields)).toEqual([]);
  });
});

import { type Exercised, heatStep } from './heat-step.js';

const NONE = () => -Infinity;
const COUNT = 401;
const DY = 0.05;
const y = (i: number): number => (i - 200) * DY;

/** Density of a normal variable of variance `t`. */
const gauss = (x: number, t: number): number => Math.exp((-x * x) / (2 * t)) / Math.sqrt(2 * Math.PI * t);

function spread(exercised: Exercised, obstacle: (i: number) => number): Float64Array {
  const v = Float64Array.from({ length: COUNT }, (_, i) => gauss(y(i), 1));
  const lambda = (0.5 * 0.01) / (DY * DY);
  for (let step = 0; step < 100; step++) heatStep(v, COUNT, 0.5 * lambda, 0.5 * lambda, exercised, obstacle);
  return v;
}

describe('heatStep', () => {
  it.each(['LOW', 'HIGH', 'MIDDLE'] as const)('spreads a bell as heat does, swept from %s', (exercised) => {
    spread(exercised, NONE).forEach((value, i) => expect(Math.abs(value - gauss(y(i), 2))).toBeLessThan(1e-4));
  });

  it('keeps values at or above the obstacle, from either side alike', () => {
    const low = spread('LOW', (i) => 0.3 - 0.1 * (y(i) + 5));
    const high = spread('HIGH', (i) => 0.3 - 0.1 * (5 - y(i)));
    low.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(0.3 - 0.1 * (y(i) + 5));
      expect(value).toBeCloseTo(high[COUNT - 1 - i], 12);
    });
    expect(low[20]).toBeCloseTo(0.3 - 0.1 * (y(20) + 5), 9);
  });

  it('keeps an obstacle in the middle, with free values on both sides', () => {
    const obstacle = (i: number): number => 0.5 - (y(i) - 1) * (y(i) - 1);
    const v = spread('MIDDLE', obstacle);
    const binding = [...v].flatMap((value, i) => (value === obstacle(i) ? [i] : []));
    expect(binding.length).toBeGreaterThan(2);
    expect(binding.at(-1)! - binding[0]).toBe(binding.length - 1);
    v.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(obstacle(i)));
  });
});

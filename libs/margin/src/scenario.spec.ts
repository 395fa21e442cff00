import { effectiveRules, regulatoryRules } from '@app/rules';
import { classGrid, rangeMoves, scenarioGrid, sortedGrid } from './scenario.js';

const DATE = '2026-08-21';
const book = effectiveRules(regulatoryRules(DATE)!, [], DATE);
const moves = (grid: ReturnType<typeof classGrid>): number[] => grid.points.map(({ priceMove }) => priceMove);

describe("a product class's valuation points", () => {
  it.each([
    ['EQUITY', [-0.15, -0.12, -0.09, -0.06, -0.03, 0.03, 0.06, 0.09, 0.12, 0.15]],
    ['NARROW_INDEX', [-0.15, -0.12, -0.09, -0.06, -0.03, 0.03, 0.06, 0.09, 0.12, 0.15]],
    ['BROAD_INDEX', [-0.1, -0.08, -0.06, -0.04, -0.02, 0.02, 0.04, 0.06, 0.08, 0.1]],
    ['HIGH_CAP_INDEX', [-0.08, -0.064, -0.048, -0.032, -0.016, 0.012, 0.024, 0.036, 0.048, 0.06]],
  ] as const)('%s', (productClass, expected) => {
    // Exactly these doubles: −0.15 × 4 / 5 is −0.12, not its neighbour.
    expect(moves(classGrid(book.regulatory(productClass)))).toEqual(expected);
  });

  it('have no move of volatility, and one key for one range', () => {
    const grid = classGrid(book.regulatory('EQUITY'));
    expect(grid.points.every(({ volMove }) => volMove === 0)).toBe(true);
    expect(classGrid(book.regulatory('NARROW_INDEX')).key).toBe(grid.key);
    expect(classGrid(book.regulatory('EQUITY'))).toBe(grid);
  });
});

describe("a house's range", () => {
  it('has whole percents and its own ends', () => {
    expect(rangeMoves({ down: -0.035, up: 0.02 }, 0.01)).toEqual([-0.01, -0.02, -0.03, -0.035, 0.01, 0.02]);
  });

  it('is coarser beyond 50 % and beyond 100 %', () => {
    const far = rangeMoves({ down: -1, up: 2.6 }, 0.01).filter((move) => Math.abs(move) > 0.48);
    const down = [-0.49, -0.5, -0.55, -0.6, -0.65, -0.7, -0.75, -0.8, -0.85, -0.9, -0.95, -1];
    const up = [...down.map((move) => -move), 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.6];
    expect(far).toEqual([...down, ...up]);
  });

  it.each([
    [0.01, 0.005],
    [0.005, 0.0025],
  ])('in steps of %d has all its points in steps of %d', (coarse, fine) => {
    const range = { down: -0.6, up: 1.3 };
    const finer = new Set(rangeMoves(range, fine));
    expect(rangeMoves(range, coarse).filter((move) => !finer.has(move))).toEqual([]);
  });

  it('that is wider has every point of a narrower one with whole ends', () => {
    const wide = new Set(rangeMoves({ down: -0.31, up: 0.7 }, 0.01));
    expect(rangeMoves({ down: -0.2, up: 0.65 }, 0.01).filter((move) => !wide.has(move))).toEqual([]);
  });

  it('of no width on a side has nothing there', () => {
    expect(rangeMoves({ down: 0, up: 0.01 }, 0.01)).toEqual([0.01]);
  });
});

it('a sorted grid has each point once, lowest price move first, then lowest volatility', () => {
  const points = [
    { priceMove: 0.1, volMove: 0 },
    { priceMove: -0.1, volMove: 0.15 },
    { priceMove: -0.1, volMove: 0 },
    { priceMove: 0.1, volMove: 0 },
  ];
  expect(sortedGrid(points).points).toEqual([points[2], points[1], points[0]]);
});

it('grids of other points have other keys', () => {
  const down = scenarioGrid([{ priceMove: -0.1, volMove: 0 }]);
  expect(scenarioGrid([{ priceMove: -0.1, volMove: 0 }]).key).toBe(down.key);
  expect(scenarioGrid([{ priceMove: -0.1, volMove: 0.1 }]).key).not.toBe(down.key);
});

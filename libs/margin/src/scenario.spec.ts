import { effectiveRules, regulatoryRules } from '@app/rules';
import { houseRule } from '../../../test/support/sample-market.js';
import { classGrid, gridInForce, scenarioGrid } from './scenario.js';

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

describe('the points in force', () => {
  const numbers = book.regulatory('EQUITY');
  const inForce = (...rules: Parameters<typeof houseRule>[]) =>
    effectiveRules(
      regulatoryRules(DATE)!,
      rules.map((rule) => houseRule(...rule)),
      DATE,
    ).inForce('IBM', 'EQUITY');

  it("are the rule book's where the range is", () => {
    expect(gridInForce(inForce(), numbers)).toBe(classGrid(numbers));
    expect(gridInForce(inForce(['minimumCharge', 3]), numbers)).toBe(classGrid(numbers));
  });

  it("of a wider range hold its own five steps and the rule book's, lowest first", () => {
    expect(moves(gridInForce(inForce(['priceMove.down', -0.2]), numbers))).toEqual([
      -0.2, -0.16, -0.15, -0.12, -0.09, -0.08, -0.06, -0.04, -0.03, 0.03, 0.06, 0.09, 0.12, 0.15,
    ]);
  });

  it('have one key for one pair of ranges', () => {
    const wider = inForce(['priceMove.up', 0.3]);
    expect(gridInForce(wider, numbers).key).toBe(gridInForce({ ...wider }, numbers).key);
    expect(gridInForce(wider, numbers)).toBe(gridInForce(wider, numbers));
    expect(gridInForce(wider, numbers).key).not.toBe(classGrid(wider).key);
  });
});

it('grids of other points have other keys', () => {
  const down = scenarioGrid([{ priceMove: -0.1, volMove: 0 }]);
  expect(scenarioGrid([{ priceMove: -0.1, volMove: 0 }]).key).toBe(down.key);
  expect(scenarioGrid([{ priceMove: -0.1, volMove: 0.1 }]).key).not.toBe(down.key);
});

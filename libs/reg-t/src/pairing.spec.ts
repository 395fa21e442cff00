import type { ProgramSolver } from './integer-program.js';
import type { OptionLine, ShareLine } from './line.js';
import { minimumPairing, type Pairing, type PairingLimits } from './pairing.js';

const option = (
  right: 'CALL' | 'PUT',
  strike: number,
  quantity: number,
  changes: Partial<OptionLine> = {},
): OptionLine => ({
  kind: 'OPTION',
  symbol: `${right} ${strike}`,
  underlying: 'XYZ',
  quantity,
  right,
  strike,
  premium: 2,
  spot: 100,
  rates: { rate: 0.2, minimum: 0.1 },
  expiry: '2026-09-18',
  exercise: 'AMERICAN',
  multiplier: 100,
  long: { requirement: 0, marginValue: 0 },
  isLongTerm: false,
  index: null,
  ...changes,
});
const shares = (quantity: number, changes: Partial<ShareLine> = {}): ShareLine => ({
  kind: 'SHARES',
  symbol: 'XYZ',
  underlying: 'XYZ',
  quantity,
  price: 100,
  alone: { initial: 50, maintenance: 25 },
  rate: 0.25,
  exerciseRate: 0.1,
  isMargin: true,
  coversIndex: null,
  ...changes,
});

/** A solver that ran out of time before it found anything. */
const late: ProgramSolver = { solve: () => ({ values: null, bound: 1000 }) };
const limits: PairingLimits = { solver: late, seconds: 1, longBoxRate: 0.5 };
const formed = ({ strategies }: Pairing): string[] =>
  strategies.map(({ formula, legs }) => `${formula} ${legs.map(({ quantity }) => quantity).join(' ')}`);

describe('the least pairing', () => {
  it('falls back to the greedy one with its gap where the solver is late', () => {
    const lines = [option('PUT', 90, 1), option('PUT', 95, -1), option('PUT', 100, -1)];
    const pairing = minimumPairing(lines, 'maintenance', limits);
    expect(pairing.isOptimal).toBe(false);
    expect(pairing.gap).toBeCloseTo(pairing.requirement - 1000, 9);
    expect(formed(pairing)).toEqual(['SPREAD 1 -1', 'NAKED_PUT -1']);
  });

  it('is not looked for in a book that would hold up everybody else, and the answer says so', () => {
    const never: ProgramSolver = {
      solve: () => {
        throw new Error('the solver was asked');
      },
    };
    const book = (series: number) =>
      Array.from({ length: series }, (_, i) => option(i % 2 ? 'CALL' : 'PUT', 50 + i / 10, i % 3 ? -1 : 2));
    const costs = [251, 501].map((series) => {
      const pairing = minimumPairing(book(series), 'maintenance', { ...limits, solver: never });
      expect([pairing.isOptimal, pairing.gap]).toEqual([false, Infinity]);
      return pairing;
    });
    expect(formed(costs[0]).some((each) => each.startsWith('SPREAD'))).toBe(true);
    expect(formed(costs[1]).every((each) => /^(NAKED|LONG)/.test(each))).toBe(true);
  });

  it('does not trust values that use more than is held, nor a worse pairing than its own', () => {
    const lines = [option('PUT', 90, 1), option('PUT', 95, -1), option('PUT', 100, -1)];
    const greedy = minimumPairing(lines, 'maintenance', limits);
    const wrong: ProgramSolver = { solve: ({ cost }) => ({ values: cost.map(() => 5), bound: 0 }) };
    const worse: ProgramSolver = { solve: ({ cost }) => ({ values: cost.map(() => 0), bound: 0 }) };
    for (const solver of [wrong, worse]) {
      const pairing = minimumPairing(lines, 'maintenance', { ...limits, solver });
      expect(pairing.strategies).toEqual(greedy.strategies);
      expect(pairing.gap).toBeCloseTo(pairing.requirement, 9);
    }
  });

  it('leaves a fraction of a contract alone, and odd lots', () => {
    const call = minimumPairing([option('CALL', 110, -1.5), shares(250)], 'maintenance', limits);
    expect(formed(call)).toEqual(['COVERED_CALL 100 -1', 'NAKED_CALL -0.5', 'LONG_STOCK 150']);
    expect(call.isOptimal).toBe(true);
  });

  it('lets a non-margin stock cover and nothing more', () => {
    const stock = shares(100, { isMargin: false, alone: { initial: 100, maintenance: 100 }, rate: 1 });
    const covered = minimumPairing([option('CALL', 110, -1), stock], 'maintenance', limits);
    expect(formed(covered)).toEqual(['COVERED_CALL 100 -1']);
    const protectedBy = minimumPairing([option('PUT', 95, 1), stock], 'maintenance', limits);
    expect(formed(protectedBy)).toEqual(['LONG_OPTION 1', 'LONG_STOCK 100']);
    expect(protectedBy.requirement).toBe(10_000);
  });

  it('covers index options with a fund, as many as its shares are worth', () => {
    const index = { underlying: 'SPX', spot: 5000, strike: 5100, index: 'SPX', exercise: 'EUROPEAN' as const };
    const fund = shares(1999, { underlying: 'SPY', symbol: 'SPY', price: 500, coversIndex: 'SPX' });
    const pairing = minimumPairing([option('CALL', 5100, -2, index), fund], 'maintenance', limits);
    expect(formed(pairing)).toEqual(['COVERED_CALL 1000 -1', 'NAKED_CALL -1', 'LONG_STOCK 999']);
    const other = minimumPairing([option('CALL', 5100, -2, { ...index, index: 'NDX' }), fund], 'maintenance', limits);
    expect(formed(other)).toEqual(['NAKED_CALL -2', 'LONG_STOCK 1999']);
  });

  it('pairs an option with more than nine months to go only where that beats its margin value', () => {
    const leap = option('CALL', 100, 1, {
      isLongTerm: true,
      premium: 20,
      expiry: '2028-01-21',
      long: { requirement: 15, marginValue: 20 },
    });
    const pairing = minimumPairing([leap, option('CALL', 105, -1)], 'maintenance', limits);
    expect(formed(pairing)).toEqual(['SPREAD 1 -1']);
    expect([pairing.requirement, pairing.marginValue]).toEqual([0, 0]);
  });
});

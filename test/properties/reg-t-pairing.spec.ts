import {
  minimumPairing,
  needsNoSolver,
  type Pairing,
  pairingBook,
  pairingProgram,
  type PairingLimits,
} from '@app/reg-t';
import type { Line } from '@app/reg-t';
import { enumeratedCost } from '../support/pairing-enumeration.js';
import { smallBooks } from '../support/random-books.cjs';
import { programSolver } from '../support/reg-t-answer.js';

const SEED = 20_260_821;
/** Few contracts where there are many series: all pairings have to be tried. */
const most = (series: number): number => (series <= 5 ? 4 : series <= 8 ? 2 : 1);
const books = smallBooks(SEED, 500, most);
const manyContracts = smallBooks(SEED + 1, 500, () => 20);
let limits: PairingLimits;

beforeAll(async () => {
  limits = { solver: await programSolver(), seconds: 10, longBoxRate: 0.5 };
});

const paired = (lines: readonly Line[]): Pairing => minimumPairing(lines, 'maintenance', limits);
const cost = ({ requirement, marginValue }: Pairing): number => requirement - marginValue;

describe('the least pairing of 500 random books', () => {
  it('is proven and never above what enumeration of one to four legs finds', () => {
    const found = books.map((lines) => {
      const pairing = paired(lines);
      return { excess: cost(pairing) - enumeratedCost(lines), isOptimal: pairing.isOptimal };
    });
    expect(found.filter(({ excess, isOptimal }) => !isOptimal || excess > 1e-6)).toEqual([]);
    // Spreads of more legs are worth something, and only here and there.
    const better = found.filter(({ excess }) => excess < -1e-6).length;
    expect(better).toBeGreaterThan(0);
    expect(better).toBeLessThan(150);
  });

  it('is at or above the relaxation that lets contracts be split', () => {
    for (const lines of manyContracts) {
      const program = pairingProgram(pairingBook(lines, 'maintenance', limits.longBoxRate));
      const fractional = { ...program, isWhole: program.isWhole.map(() => false) };
      const { bound } = limits.solver.solve(
        fractional,
        program.cost.map(() => 0),
        limits.seconds,
      );
      expect(bound).toBeGreaterThan(-Infinity);
      const least = cost(paired(lines));
      expect(bound - least).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(least)));
    }
  });

  it('asks the solver only where two lines are more than one way', () => {
    const unused: PairingLimits = {
      ...limits,
      solver: {
        ...limits.solver,
        solve: () => {
          throw new Error('asked');
        },
      },
    };
    const simple = books.filter((lines) => needsNoSolver(pairingBook(lines, 'maintenance', limits.longBoxRate)));
    expect(simple.filter((lines) => lines.length === 2).length).toBeGreaterThan(10);
    for (const lines of simple) expect(minimumPairing(lines, 'maintenance', unused)).toEqual(paired(lines));
    expect(books.filter((lines) => lines.length <= 2).every((lines) => simple.includes(lines))).toBe(true);
  });

  it('uses every share and contract once and sums to its requirement', () => {
    for (const lines of manyContracts) {
      const pairing = paired(lines);
      const used = new Map<string, number>();
      for (const { symbol, quantity } of pairing.strategies.flatMap(({ legs }) => legs)) {
        used.set(symbol, (used.get(symbol) ?? 0) + quantity);
      }
      expect(used).toEqual(new Map(lines.map(({ symbol, quantity }) => [symbol, quantity])));
      const sum = pairing.strategies.reduce((total, { requirement }) => total + requirement, 0);
      expect(sum).toBeCloseTo(pairing.requirement, 6);
    }
  });

  it('is that of two books which a presolve takes for proven at more', () => {
    const books20 = smallBooks(SEED, 500, () => 20);
    const least = [93, 353].map((i) => paired(books20[i]));
    expect(least.map(cost)).toEqual([40_386, 117_659]);
    expect(least.every(({ isOptimal }) => isOptimal)).toBe(true);
  });
});

import { type PositionTable, riskStride, type RiskTable } from './aggregation.js';
import { LARGEST_PAGES, scenarioKernel } from './scenario-kernel.js';
import { type SharedMemory, webAssembly } from './web-assembly.js';

/** Risk arrays, positions and scenario sums of a book on one shared memory: threads work on it without copying. */
export interface BookTables {
  readonly memory: SharedMemory;
  readonly table: RiskTable;
  readonly positions: PositionTable;
  /** Profit of account a at point p: a × stride + p. */
  readonly sums: Float64Array;
}

export interface BookSize {
  readonly accounts: number;
  readonly positions: number;
  readonly instruments: number;
  /** Valuation points of a risk array. */
  readonly points: number;
}

const PAGE_BYTES = 65_536;

/**
 * Empty tables of a size, for the caller to fill.
 *
 * @throws RangeError where they take more than the 2 GiB that the kernel addresses
 */
export function bookTables({ accounts, positions, instruments, points }: BookSize): BookTables {
  const stride = riskStride(points);
  const numbers = stride * (instruments + accounts) + positions;
  const integers = positions + accounts + 1;
  const pages = Math.ceil((8 * numbers + 4 * integers) / PAGE_BYTES);
  if (!(pages <= LARGEST_PAGES)) throw new RangeError(`a book of ${pages} pages; ${LARGEST_PAGES} are the most`);
  const memory = new webAssembly.Memory({ initial: pages, maximum: LARGEST_PAGES, shared: true });
  let at = 0;
  const floats = (length: number): Float64Array =>
    new Float64Array(memory.buffer, (at += 8 * length) - 8 * length, length);
  const ints = (length: number): Int32Array => new Int32Array(memory.buffer, (at += 4 * length) - 4 * length, length);
  const values = floats(stride * instruments);
  const sums = floats(stride * accounts);
  const units = floats(positions);
  const table = { points, stride, values };
  return { memory, table, positions: { starts: ints(accounts + 1), rows: ints(positions), units }, sums };
}

/**
 * `fillScenarioSums` of a book's own tables, by the kernel: the same bits, some two to three times as fast. Starts and
 * rows must lie within their tables; beyond them it reads what lies there, or throws at the memory's end.
 */
export function bookSums({ memory, table, positions, sums }: BookTables): (from: number, to: number) => void {
  const kernel = scenarioKernel(memory);
  const { starts, rows, units } = positions;
  const addresses = [starts, rows, units, table.values, sums].map(({ byteOffset }) => byteOffset);
  const [start, row, unit, value, sum] = addresses;
  return (from, to) => kernel(start, row, unit, value, sum, from, to, 8 * table.stride);
}

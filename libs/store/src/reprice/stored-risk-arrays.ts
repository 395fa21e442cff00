import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { JobsTransaction } from './jobs-database.js';

/** What a contract is worth on a grid: now, and at each point. */
export interface StoredRiskArray {
  readonly symbol: string;
  readonly theoretical: number;
  readonly values: Float64Array;
}

/** The arrays of one underlying's contracts on one grid. */
export interface RiskArrayPart {
  readonly gridKey: string;
  readonly underlying: string;
  readonly arrays: readonly StoredRiskArray[];
}

/** The series of an underlying that somebody holds. */
export interface HeldContracts {
  readonly underlying: string;
  readonly symbols: readonly string[];
}

const SAVE = `
  INSERT INTO risk_arrays (snapshot_id, grid, underlying, part, symbols, values)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;
const FIND = 'SELECT grid, symbols, values FROM risk_arrays WHERE snapshot_id = $1 AND underlying = ANY ($2)';
// One look at the index of positions a series: what accounts there are does not matter.
const HELD = `
  SELECT o.underlying, array_agg(o.symbol ORDER BY o.symbol) AS symbols
  FROM option_quotes o CROSS JOIN LATERAL (SELECT FROM positions p WHERE p.symbol = o.symbol LIMIT 1) held
  WHERE o.snapshot_id = $1 AND o.underlying BETWEEN $2 AND $3 GROUP BY o.underlying ORDER BY o.underlying`;

/** Stored with the job of run `part`: nobody computes them again on this snapshot. */
export async function saveRiskArrays(
  { client }: JobsTransaction,
  snapshotId: string,
  part: string,
  parts: readonly RiskArrayPart[],
): Promise<void> {
  for (const { gridKey, underlying, arrays } of parts) {
    const symbols = arrays.map(({ symbol }) => symbol);
    await client.query(SAVE, [snapshotId, gridHash(gridKey), underlying, part, symbols, packed(arrays)]);
  }
}

/** Arrays by grid, as `gridHash` names it, and symbol. */
export type RiskArraysByGrid = Map<string, Map<string, StoredRiskArray>>;

/** Adds everything stored for contracts on these underlyings, on every grid. */
export async function addRiskArrays(
  pool: Pool,
  snapshotId: string,
  underlyings: readonly string[],
  arrays: RiskArraysByGrid,
): Promise<void> {
  const { rows } = await pool.query<{ grid: string; symbols: string[]; values: Buffer }>({
    name: 'risk-arrays',
    text: FIND,
    values: [snapshotId, underlyings],
  });
  for (const { grid, symbols, values } of rows) {
    const known = arrays.get(grid) ?? new Map<string, StoredRiskArray>();
    arrays.set(grid, known);
    for (const array of unpacked(symbols, values)) known.set(array.symbol, array);
  }
}

/** The options held on underlyings from the first to the last, by underlying. */
export async function heldContracts(
  pool: Pool,
  snapshotId: string,
  first: string,
  last: string,
): Promise<readonly HeldContracts[]> {
  const { rows } = await pool.query<HeldContracts>(HELD, [snapshotId, first, last]);
  return rows;
}

/** What a grid is stored under: its key names every point. */
export function gridHash(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function packed(arrays: readonly StoredRiskArray[]): Buffer {
  const width = 1 + arrays[0].values.length;
  const bytes = Buffer.allocUnsafe(8 * width * arrays.length);
  arrays.forEach(({ theoretical, values }, row) => {
    bytes.writeDoubleLE(theoretical, 8 * row * width);
    values.forEach((value, point) => bytes.writeDoubleLE(value, 8 * (row * width + 1 + point)));
  });
  return bytes;
}

function unpacked(symbols: readonly string[], bytes: Buffer): StoredRiskArray[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float64Array(bytes.length / 8);
  for (let place = 0; place < numbers.length; place++) numbers[place] = view.getFloat64(8 * place, true);
  const width = numbers.length / symbols.length;
  // Views of one array: memory of its own would cost each of them more than its ten numbers.
  return symbols.map((symbol, row) => ({
    symbol,
    theoretical: numbers[row * width],
    values: numbers.subarray(row * width + 1, (row + 1) * width),
  }));
}

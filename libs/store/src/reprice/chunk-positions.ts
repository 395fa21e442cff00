import { Decimal } from 'decimal.js';
import type { Position } from '@app/portfolio';
import type { BinaryReader } from './binary-reader.js';
import { isSameBytes, type SymbolNumbers } from './symbol-numbers.js';

/** What a chunk's accounts hold, in columns: one entry a symbol, an account's entries next to each other. */
export interface ChunkPositions {
  /** Each account's entries begin here, and end where the next one's begin. */
  readonly starts: Int32Array;
  /** By their symbol's number. */
  readonly instruments: Int32Array;
  /** NaN for a fraction or a large number, which `decimals` has. */
  readonly quantities: Float64Array;
  /** By the place of the entry. */
  readonly decimals: ReadonlyMap<number, Decimal>;
}

/** A row of an account id, a symbol and a quantity takes this many bytes at least. */
const SHORTEST_ROW = 24;

/** The rows of `account_id, symbol, quantity` in any order. `accounts` are all that count, by id. */
export function chunkPositions(
  reader: BinaryReader,
  accounts: ReadonlyMap<string, number>,
  symbols: SymbolNumbers,
): ChunkPositions {
  const rows = readRows(reader, accounts, symbols);
  const starts = new Int32Array(accounts.size + 1);
  for (let row = 0; row < rows.length; row++) starts[rows.owners[row] + 1]++;
  for (let account = 0; account < accounts.size; account++) starts[account + 1] += starts[account];
  const next = starts.slice();
  const instruments = new Int32Array(rows.length);
  const quantities = new Float64Array(rows.length);
  const decimals = new Map<number, Decimal>();
  for (let row = 0; row < rows.length; row++) {
    const place = next[rows.owners[row]]++;
    instruments[place] = rows.instruments[row];
    quantities[place] = rows.quantities[row];
    if (Number.isNaN(quantities[place])) decimals.set(place, rows.decimals.get(row)!);
  }
  return { starts, instruments, quantities, decimals };
}

/** Entries `from` up to, not including, `to` as positions. */
export function positionsFrom(
  { instruments, quantities, decimals }: ChunkPositions,
  symbols: SymbolNumbers,
  from: number,
  to: number,
): readonly Position[] {
  const positions: Position[] = [];
  for (let place = from; place < to; place++) {
    const quantity = decimals.get(place) ?? new Decimal(quantities[place]);
    positions.push({ symbol: symbols.symbol(instruments[place]), quantity });
  }
  return positions;
}

/** Rows as they come, those of other accounts left out. */
function readRows(reader: BinaryReader, accounts: ReadonlyMap<string, number>, symbols: SymbolNumbers) {
  const { view } = reader;
  const most = Math.ceil(view.byteLength / SHORTEST_ROW);
  const owners = new Int32Array(most);
  const instruments = new Int32Array(most);
  const quantities = new Float64Array(most);
  const decimals = new Map<number, Decimal>();
  let length = 0;
  let owner: number | undefined;
  let [start, end] = [0, 0];
  while (reader.next()) {
    reader.field();
    // Most rows are of the account of the row before.
    const size = reader.end - reader.start;
    if (size !== end - start || !isSameBytes(view, start, view, reader.start, size)) {
      owner = accounts.get(reader.text());
    }
    ({ start, end } = reader);
    reader.field();
    const instrument = symbols.of(view, reader.start, reader.end);
    const quantity = reader.whole();
    if (owner === undefined) continue;
    owners[length] = owner;
    instruments[length] = instrument;
    quantities[length] = quantity;
    if (Number.isNaN(quantity)) decimals.set(length, reader.longDecimal());
    length++;
  }
  return { length, owners, instruments, quantities, decimals };
}

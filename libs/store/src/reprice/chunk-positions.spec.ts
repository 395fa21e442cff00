import { Decimal } from 'decimal.js';
import { BinaryReader } from './binary-reader.js';
import { chunkPositions, positionsFrom } from './chunk-positions.js';
import { SymbolNumbers } from './symbol-numbers.js';

const NUMERIC_NEGATIVE = 0x4000;

/** PostgreSQL's numeric: digits in base 10,000, the place of the first, sign, decimals. */
function numeric(weight: number, digits: readonly number[], isNegative = false): Buffer {
  const words = [digits.length, weight, isNegative ? NUMERIC_NEGATIVE : 0, 10, ...digits];
  const bytes = Buffer.alloc(2 * words.length);
  words.forEach((word, at) => bytes.writeUInt16BE(word & 0xffff, 2 * at));
  return bytes;
}

type Row = readonly [account: string, symbol: string, quantity: Buffer];

function copyOf(rows: readonly Row[]): BinaryReader {
  const field = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const pieces = rows.map(([account, symbol, quantity]) =>
    Buffer.concat([Buffer.from([0, 3]), ...[Buffer.from(account), Buffer.from(symbol), quantity].map(field)]),
  );
  return new BinaryReader(Buffer.concat([Buffer.alloc(19), ...pieces, Buffer.from([0xff, 0xff])]));
}

describe('positions of a chunk', () => {
  const symbols = new SymbolNumbers();
  const accounts = new Map([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ]);
  const positions = chunkPositions(
    copyOf([
      ['c', 'HLVN', numeric(0, [7])],
      ['a', 'HLVN', numeric(1, [1, 2_345])],
      ['x', 'HLVN', numeric(0, [1])],
      ['x', 'NVRD', numeric(0, [2])],
      ['c', 'BRWK', numeric(1, [3], true)],
      ['a', 'BRWK', numeric(0, [1, 5_000], true)],
      ['c', 'NVRD', numeric(3, [1, 0, 0, 1])],
      ['c', 'QQQQ', numeric(-1, [2_500])],
    ]),
    accounts,
    symbols,
  );
  const held = (account: number) => {
    const { starts } = positions;
    const entries = positionsFrom(positions, symbols, starts[account], starts[account + 1]);
    return entries.map(({ symbol, quantity }) => `${symbol} ${quantity.toFixed()}`);
  };

  it('lie by account, in whatever order they were read, those of other accounts left out', () => {
    expect(held(0)).toEqual(['HLVN 12345', 'BRWK -1.5']);
    expect(held(1)).toEqual([]);
    expect(held(2)).toEqual(['HLVN 7', 'BRWK -30000', 'NVRD 1000000000001', 'QQQQ 0.25']);
    expect(positions.instruments).toHaveLength(6);
  });

  it('say that a number is not whole, or not small, by NaN and keep it as a decimal', () => {
    expect([...positions.quantities]).toEqual([12_345, NaN, 7, -30_000, NaN, NaN]);
    expect([...positions.decimals.keys()].sort()).toEqual([1, 4, 5]);
    expect(positions.decimals.get(1)).toEqual(new Decimal('-1.5'));
  });

  it('are none where nothing was read', () => {
    const none = chunkPositions(copyOf([]), accounts, symbols);
    expect([...none.starts]).toEqual([0, 0, 0, 0]);
    expect(none.instruments).toHaveLength(0);
  });
});

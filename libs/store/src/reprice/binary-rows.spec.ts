import { BinaryReader } from './binary-reader.js';
import { BinaryRows } from './binary-rows.js';

describe('rows for COPY', () => {
  it('are read back as they were written, however many', () => {
    const rows = new BinaryRows();
    const texts = ['', 'HLVN', 'Zürich', '日本', 'a'.repeat(300)];
    const count = 2_000;
    for (let row = 0; row < count; row++) {
      rows.row(3);
      rows.text(texts[row % texts.length]);
      rows.integer(row - 1_000);
      rows.bigint(-row * 2 ** 33);
    }
    const bytes = rows.finished();
    const reader = new BinaryReader(bytes);
    for (let row = 0; row < count; row++) {
      expect(reader.next()).toBe(true);
      reader.field();
      expect(bytes.toString('utf8', reader.start, reader.end)).toBe(texts[row % texts.length]);
      expect(reader.integer()).toBe(row - 1_000);
      reader.field();
      expect(bytes.readBigInt64BE(reader.start)).toBe(BigInt(-row) * 2n ** 33n);
    }
    expect(reader.next()).toBe(false);
  });
});

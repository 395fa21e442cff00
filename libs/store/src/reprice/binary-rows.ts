/** Begins every binary COPY: the signature, no flags, no header extension. */
const HEADER = Buffer.from([...Buffer.from('PGCOPY\n', 'latin1'), 0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const LENGTH_BYTES = 4;
const LAST_ASCII = 0x7f;

/** Type numbers of PostgreSQL's catalogue, which an array names its elements by. */
const TEXT = 25;
const INT8 = 20;
const FLOAT8 = 701;

/**
 * Rows in COPY's binary format: what a hundred thousand rows cost least in. A row is `row(fields)` and then its fields,
 * in the order of the columns.
 */
export class BinaryRows {
  private bytes = Buffer.allocUnsafeSlow(1 << 16);
  private view = new DataView(this.bytes.buffer);
  private at: number;

  constructor() {
    this.at = HEADER.copy(this.bytes);
  }

  /** With COPY's trailer; nothing may be added afterwards. */
  finished(): Buffer {
    this.int2(-1);
    return this.bytes.subarray(0, this.at);
  }

  row(fields: number): void {
    this.int2(fields);
  }

  text(value: string): void {
    const { length } = value;
    this.room(LENGTH_BYTES + length);
    const start = this.at + LENGTH_BYTES;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > LAST_ASCII) return this.longText(value);
      this.view.setUint8(start + i, code);
    }
    this.view.setInt32(this.at, length);
    this.at = start + length;
  }

  uuid(value: string): void {
    this.room(LENGTH_BYTES + 16);
    this.int4(16);
    this.at += this.bytes.write(value.replaceAll('-', ''), this.at, 'hex');
  }

  integer(value: number): void {
    this.room(LENGTH_BYTES + 4);
    this.int4(4);
    this.int4(value);
  }

  /** An integer of up to 53 bits as a bigint. */
  bigint(value: number): void {
    this.room(LENGTH_BYTES + 8);
    this.int4(8);
    this.int8(value);
  }

  texts(values: readonly string[]): void {
    const start = this.array(TEXT, values.length);
    for (const value of values) this.text(value);
    this.close(start);
  }

  bigints(values: readonly number[]): void {
    const start = this.array(INT8, values.length);
    for (const value of values) this.bigint(value);
    this.close(start);
  }

  floats(values: readonly number[]): void {
    const start = this.array(FLOAT8, values.length);
    for (const value of values) {
      this.room(LENGTH_BYTES + 8);
      this.int4(8);
      this.view.setFloat64(this.at, value);
      this.at += 8;
    }
    this.close(start);
  }

  private longText(value: string): void {
    const length = Buffer.byteLength(value);
    this.room(LENGTH_BYTES + length);
    this.int4(length);
    this.at += this.bytes.write(value, this.at);
  }

  private int2(value: number): void {
    this.room(2);
    this.view.setInt16(this.at, value);
    this.at += 2;
  }

  /** Where there is room already, as the next. */
  private int4(value: number): void {
    this.view.setInt32(this.at, value);
    this.at += 4;
  }

  /** `setBigInt64` would make two objects a number. */
  private int8(value: number): void {
    const high = Math.floor(value / 2 ** 32);
    this.int4(high);
    this.view.setUint32(this.at, value - high * 2 ** 32);
    this.at += 4;
  }

  /** Writes an array's header; the place of its length, which `close` fills in. */
  private array(type: number, length: number): number {
    const start = this.at;
    this.room(LENGTH_BYTES + 20);
    this.at += LENGTH_BYTES;
    const header = length === 0 ? [0, 0, type] : [1, 0, type, length, 1];
    for (const value of header) this.int4(value);
    return start;
  }

  private close(start: number): void {
    this.view.setInt32(start, this.at - start - LENGTH_BYTES);
  }

  private room(wanted: number): void {
    if (this.at + wanted <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.at + wanted));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}

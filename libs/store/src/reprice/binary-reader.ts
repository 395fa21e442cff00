import { Decimal } from 'decimal.js';

const HEADER_BYTES = 19;
/** Digits of PostgreSQL's numeric are 0 to 9999. */
const BASE = 10_000;
const NEGATIVE = 0x4000;
/** Four such digits at most are surely an integer that float64 holds. */
const DIGITS_EXACT = 3;

/** Reads what COPY wrote in its binary format, row by row, field by field, in the order of the columns. */
export class BinaryReader {
  readonly view: DataView;
  /** The bytes of the field read last: from `start` up to, not including, `end`. */
  start = 0;
  end = HEADER_BYTES;

  constructor(private readonly bytes: Buffer) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Goes to the next row; false after the last. */
  next(): boolean {
    const fields = this.view.getInt16(this.end);
    this.end += 2;
    return fields >= 0;
  }

  /** Goes past a field, for whoever wants no more of it than where its bytes are. */
  field(): void {
    this.start = this.end + 4;
    this.end = this.start + this.view.getInt32(this.end);
  }

  /** A text of ASCII characters: symbols and ids are. */
  ascii(): string {
    this.field();
    return this.text();
  }

  /** The field read last as such a text. */
  text(): string {
    return this.bytes.toString('latin1', this.start, this.end);
  }

  integer(): number {
    this.field();
    return this.view.getInt32(this.start);
  }

  boolean(): boolean {
    this.field();
    return this.view.getUint8(this.start) === 1;
  }

  decimal(): Decimal {
    const value = this.whole();
    return Number.isNaN(value) ? this.longDecimal() : new Decimal(value);
  }

  /** A numeric that is whole and not large as a number; NaN for any other, which `longDecimal` then reads. */
  whole(): number {
    this.field();
    const { view, start } = this;
    const digits = view.getInt16(start);
    const weight = view.getInt16(start + 2);
    if (digits > weight + 1 || weight >= DIGITS_EXACT) return NaN;
    let value = 0;
    for (let place = 0; place <= weight; place++) {
      value = value * BASE + (place < digits ? view.getInt16(start + 8 + 2 * place) : 0);
    }
    return view.getUint16(start + 4) === NEGATIVE ? -value : value;
  }

  /** The numeric read last: sign, power of 10,000 of the first digit, digits. */
  longDecimal(): Decimal {
    const { view, start } = this;
    const digits = view.getInt16(start);
    const weight = view.getInt16(start + 2);
    const sign = view.getUint16(start + 4) === NEGATIVE ? '-' : '';
    let text = '';
    for (let place = 0; place < digits; place++) {
      text += String(view.getInt16(start + 8 + 2 * place)).padStart(4, '0');
    }
    return new Decimal(`${sign}${text || '0'}e${4 * (weight + 1 - digits)}`);
  }
}

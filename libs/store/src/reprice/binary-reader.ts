import { Decimal } from 'decimal.js';

const HEADER_BYTES = 19;
/** Digits of PostgreSQL's numeric are 0 to 9999. */
const BASE = 10_000;
const NEGATIVE = 0x4000;
/** Four such digits at most are surely an integer that float64 holds. */
const DIGITS_EXACT = 3;

/** Reads what COPY wrote in its binary format, row by row, field by field, in the order of the columns. */
export class BinaryReader {
  private at = HEADER_BYTES;

  constructor(private readonly bytes: Buffer) {}

  /** Goes to the next row; false after the last. */
  next(): boolean {
    const fields = this.bytes.readInt16BE(this.at);
    this.at += 2;
    return fields >= 0;
  }

  text(): string {
    const length = this.length();
    const start = this.at;
    this.at += length;
    return this.bytes.toString('utf8', start, this.at);
  }

  /** A text of ASCII characters: symbols and ids are. */
  ascii(): string {
    const length = this.length();
    const start = this.at;
    this.at += length;
    return this.bytes.toString('latin1', start, this.at);
  }

  integer(): number {
    this.at += 8;
    return this.bytes.readInt32BE(this.at - 4);
  }

  boolean(): boolean {
    this.at += 5;
    return this.bytes[this.at - 1] === 1;
  }

  decimal(): Decimal {
    const value = this.amount();
    return typeof value === 'number' ? new Decimal(value) : value;
  }

  /** A numeric: sign, power of 10,000 of the first digit, digits. A number where it is whole and not large. */
  amount(): number | Decimal {
    const length = this.length();
    const start = this.at;
    this.at += length;
    const digits = this.bytes.readInt16BE(start);
    const weight = this.bytes.readInt16BE(start + 2);
    const isNegative = this.bytes.readUInt16BE(start + 4) === NEGATIVE;
    if (digits <= weight + 1 && weight < DIGITS_EXACT) {
      let value = 0;
      for (let place = 0; place <= weight; place++) {
        value = value * BASE + (place < digits ? this.bytes.readInt16BE(start + 8 + 2 * place) : 0);
      }
      return isNegative ? -value : value;
    }
    return this.longDecimal(start + 8, digits, weight, isNegative);
  }

  private longDecimal(start: number, digits: number, weight: number, isNegative: boolean): Decimal {
    let text = '';
    for (let place = 0; place < digits; place++) {
      text += String(this.bytes.readInt16BE(start + 2 * place)).padStart(4, '0');
    }
    return new Decimal(`${isNegative ? '-' : ''}${text || '0'}e${4 * (weight + 1 - digits)}`);
  }

  private length(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }
}

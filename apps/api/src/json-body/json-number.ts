const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** No double needs more; above it the patterns below could take time in the square of the length. */
const MAX_LITERAL_LENGTH = 100;

/** A decimal number in one spelling: `digits` × 10^`exponent`, no zeros at either end; zero is '' and 0. */
interface CanonicalDecimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

function canonicalDecimal(literal: string): CanonicalDecimal {
  const [, sign, whole, fraction = '', power = '0'] = PARTS.exec(literal) ?? ['', '', '0'];
  const significant = (whole + fraction).replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  const exponent = Number(power) - fraction.length + (significant.length - digits.length);
  return { negative: sign === '-', digits, exponent: digits === '' ? 0 : exponent };
}

export type NumberFault = 'NEGATIVE_ZERO' | 'OUT_OF_RANGE' | 'INEXACT';

/**
 * What reading a JSON number literal into a double would change without a word, or undefined where nothing: a double
 * written out again (its shortest form) must be the same decimal number that came in. 9007199254740993, numbers of 40
 * digits, 1e400, 1e-400 and −0 are not; 0.17488446047247322 is. `literal` must follow the JSON grammar.
 */
export function numberFault(literal: string): NumberFault | undefined {
  if (literal.length > MAX_LITERAL_LENGTH) return 'INEXACT';
  const sent = canonicalDecimal(literal);
  if (sent.digits === '') return sent.negative ? 'NEGATIVE_ZERO' : undefined;
  const value = Number(literal);
  if (!Number.isFinite(value) || value === 0) return 'OUT_OF_RANGE';
  const read = canonicalDecimal(String(value));
  return read.digits === sent.digits && read.exponent === sent.exponent ? undefined : 'INEXACT';
}

import { field, type Fault, type FieldOptions, type Schema } from './field.js';

/** What the database's numeric(28, 10) holds, and what can be echoed back exactly. */
const MAX_INTEGER_DIGITS = 18;
const MAX_DECIMALS = 10;
/** A double keeps any 15 digits; the sixteenth may already be another. */
const MAX_DIGITS_AS_NUMBER = 15;

export interface DecimalFieldOptions extends FieldOptions {
  /** > 0. */
  readonly positive?: boolean;
  /** Not 0. */
  readonly nonZero?: boolean;
  /** ≥ min. */
  readonly min?: number;
  /** ≤ max. */
  readonly max?: number;
  /** A whole number: contracts, shares. */
  readonly whole?: boolean;
}

/** The only spelling of a decimal string: no exponent, no plus, no superfluous leading zero, no −0. */
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const DECIMAL_PATTERN = `^(?!-0(?:\\.0+)?$)-?(?:0|[1-9]\\d{0,${MAX_INTEGER_DIGITS - 1}})(?:\\.\\d{1,${MAX_DECIMALS}})?$`;
const RIGHT = new RegExp(DECIMAL_PATTERN);
/** Longest string worth looking at: a sign, the digits and the point. */
const MAX_LENGTH = MAX_INTEGER_DIGITS + MAX_DECIMALS + 2;

/** Digits of a finite double in its shortest form, which is the number that was sent (the body's scan saw to that). */
function numberText(value: number): string {
  const text = String(value);
  // Below 1e-6 and from 1e21 String() writes an exponent; both are beyond what a field may hold or have few digits.
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
}

function significantDigits(text: string): number {
  return text
    .replace('-', '')
    .replace('.', '')
    .replace(/^0+|0+$/g, '').length;
}

function formFault(text: string): string | undefined {
  if (RIGHT.test(text)) return undefined;
  if (text.length > MAX_LENGTH + 1 || !DECIMAL.test(text)) {
    return `must be a decimal number: digits with at most one point, no exponent, no sign but minus, at most ${MAX_INTEGER_DIGITS} digits before the point and ${MAX_DECIMALS} after it`;
  }
  const [whole, decimals = ''] = text.replace('-', '').split('.');
  if (whole.length > MAX_INTEGER_DIGITS) return `must have at most ${MAX_INTEGER_DIGITS} digits before the point`;
  if (decimals.length > MAX_DECIMALS) return `must have at most ${MAX_DECIMALS} decimals`;
  if (text.startsWith('-') && Number(text) === 0) return 'must not be minus zero: write 0';
  return undefined;
}

function numberFormFault(value: number): string | undefined {
  if (!Number.isFinite(value)) return 'must be a finite number';
  if (Object.is(value, -0)) return 'must not be minus zero: write 0';
  if (Math.abs(value) >= 1e18) return `must have at most ${MAX_INTEGER_DIGITS} digits before the point`;
  const text = numberText(value);
  if (significantDigits(text) > MAX_DIGITS_AS_NUMBER) {
    return `has more than ${MAX_DIGITS_AS_NUMBER} digits: send it as a string`;
  }
  return formFault(text);
}

/** What is wrong with `value` as a decimal string or JSON number that can be echoed back exactly; undefined: nothing. */
export function decimalFault(value: unknown): string | undefined {
  if (typeof value === 'number') return numberFormFault(value);
  if (typeof value === 'string') return formFault(value);
  return 'must be a decimal string or a JSON number';
}

/** Bounds are compared as doubles: they are small round numbers, and no rounding carries a value across one of them. */
function boundsFault(number: number, options: DecimalFieldOptions): string | undefined {
  const { positive, nonZero, min, max, whole } = options;
  if (positive && !(number > 0)) return 'must be greater than 0';
  if (nonZero && number === 0) return 'must not be 0';
  if (min !== undefined && !(number >= min)) return `must not be less than ${min}`;
  if (max !== undefined && !(number <= max)) return `must not be greater than ${max}`;
  return whole && !Number.isInteger(number) ? 'must be a whole number' : undefined;
}

/** Whole numbers of up to 15 digits, as nearly all are: no digits to count, no form to find fault with. */
const isShortInteger = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.length <= MAX_DIGITS_AS_NUMBER && PLAIN_INTEGER.test(value)
    : Number.isSafeInteger(value) && Math.abs(value as number) < 1e15 && !Object.is(value, -0);
const PLAIN_INTEGER = /^[1-9]\d*$/;

function decimalFieldFault(options: DecimalFieldOptions): Fault {
  return (value) => {
    if (isShortInteger(value)) return boundsFault(Number(value), options);
    const fault = decimalFault(value);
    if (fault !== undefined) return fault;
    if (options.whole && typeof value === 'string' && /\.\d*[1-9]/.test(value)) return 'must be a whole number';
    return boundsFault(Number(value), options);
  };
}

function decimalSchema({ positive, min, max }: DecimalFieldOptions): Schema {
  const bounds = {
    ...(positive ? { exclusiveMinimum: 0 } : {}),
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  };
  return {
    oneOf: [
      { type: 'string', pattern: DECIMAL_PATTERN },
      { type: 'number', ...bounds },
    ],
  };
}

/**
 * Money, price or quantity: a decimal string, or a JSON number of at most 15 digits. Up to 18 digits before the point
 * and 10 after it. Error code `field.decimal`. The value stays as it was sent; `new Decimal(value)` reads it exactly.
 */
export function DecimalField(options: DecimalFieldOptions): PropertyDecorator {
  return field('decimal', options, decimalSchema(options), decimalFieldFault(options));
}

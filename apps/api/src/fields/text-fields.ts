import { type Fault, field, type FieldOptions } from './field.js';
import { readSymbol } from './symbol.js';

export interface TextFieldOptions extends FieldOptions {
  readonly maxLength: number;
  /** May be the empty string. */
  readonly empty?: boolean;
}

const textFault =
  (pattern: RegExp, sentence: string): Fault =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : sentence;

/** Free text: no control characters. Error code `field.text`. */
export function TextField(options: TextFieldOptions): PropertyDecorator {
  const { maxLength, empty = false } = options;
  const minLength = empty ? 0 : 1;
  return field('text', options, { type: 'string', minLength, maxLength }, (value) => {
    if (typeof value !== 'string') return 'must be text';
    if (value.length < minLength || value.length > maxLength)
      return `must have ${minLength} to ${maxLength} characters`;
    // What the JSON scan refuses in bodies is refused here for query parameters too.
    return /[\0-\x1f\x7f]/.test(value) || !value.isWellFormed() ? 'must not hold control characters' : undefined;
  });
}

/** For the document: what `readSymbol` reads, but for what a pattern cannot say (that the date exists). */
const TICKER = '[A-Z0-9][A-Z0-9./^-]{0,14}';
const OSI = '[A-Z0-9]{1,6} {0,5}\\d{6}[CP]\\d{8}';
const SYMBOL_PATTERN = `^(?:${TICKER}|${OSI})$`;

/** A share's, ETF's, index's or future's ticker, or an option's OSI symbol. Error code `field.symbol`. */
export function SymbolField(options: FieldOptions): PropertyDecorator {
  const sentence =
    'must be a ticker in capitals, or the OCC symbol of an option, padded to 21 characters or not padded';
  const schema = { type: 'string', pattern: SYMBOL_PATTERN, maxLength: 21 };
  return field('symbol', options, schema, (value) =>
    typeof value === 'string' && readSymbol(value) !== undefined ? undefined : sentence,
  );
}

const ID_PATTERN = '^[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,62}[A-Za-z0-9])?$';

/** An id, ours or the caller's (clOrdId, alternatives, accounts): 1 to 64 plain characters. Error code `field.id`. */
export function IdField(options: FieldOptions): PropertyDecorator {
  const sentence = 'must be 1 to 64 letters, digits or . _ : - and begin and end with a letter or digit';
  return field('id', options, { type: 'string', pattern: ID_PATTERN }, textFault(new RegExp(ID_PATTERN), sentence));
}

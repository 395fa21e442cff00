import type { ExerciseStyle, OptionRight } from '@app/pricing';
import type { Decimal } from 'decimal.js';
import { deliverableOf } from './deliverable.js';
import type { Deliverable, OptionContract, OptionForm } from './instrument.js';
import { isAdjustedRoot, underlyingOfRoot } from './option-root.js';
import { type OsiSymbol, osiSymbol } from './osi-symbol.js';
import {
  amount,
  type CsvRecord,
  date,
  optionalText,
  type Refusal,
  refuse,
  rowOrRefusal,
  text,
  ticker,
  word,
} from './record-field.js';

export interface ContractRow {
  readonly kind: 'CONTRACT';
  readonly contract: OptionContract;
}

/** Columns an instrument file must have; root and deliverable are read where they stand. */
export const CONTRACT_COLUMNS: readonly string[] = [
  'symbol',
  'type',
  'underlying',
  'expiry',
  'strike',
  'right',
  'style',
  'multiplier',
];

/** Each type: what sort of option it is, and whether its deliverable was changed by a corporate action. */
const TYPE: Readonly<Record<string, { readonly form: OptionForm; readonly isAdjusted: boolean }>> = {
  index_option: { form: 'LISTED', isAdjusted: false },
  etf_option: { form: 'LISTED', isAdjusted: false },
  equity_option: { form: 'LISTED', isAdjusted: false },
  adjusted_equity_option: { form: 'LISTED', isAdjusted: true },
  future_option: { form: 'ON_FUTURE', isAdjusted: false },
  warrant: { form: 'WARRANT', isAdjusted: false },
};
const RIGHT: Readonly<Record<string, OptionRight>> = { c: 'CALL', p: 'PUT', call: 'CALL', put: 'PUT' };
const STYLE: Readonly<Record<string, ExerciseStyle>> = { american: 'AMERICAN', european: 'EUROPEAN' };

/** The symbol of an option row; its other columns must not contradict it. */
function optionSymbol(record: CsvRecord): OsiSymbol {
  return osiSymbol(text(record, 'symbol')) ?? refuse('symbol', 'NOT_A_SYMBOL', 'not an option symbol of 21 characters');
}

function checkAgreement(record: CsvRecord, osi: OsiSymbol): void {
  const contradiction = (column: string): never => refuse(column, 'CONTRADICTION', 'the symbol says otherwise');
  const root = optionalText(record, 'root');
  if (root !== '' && root !== osi.root) contradiction('root');
  if (date(record, 'expiry') !== osi.expiry) contradiction('expiry');
  if (!amount(record, 'strike').equals(osi.strike)) contradiction('strike');
  if (word(record, 'right', RIGHT) !== osi.right) contradiction('right');
}

/**
 * True where the root is not the underlying's: OCC's mark of an adjusted contract, or a root that a merger left under
 * another company. Share classes lose their dot or dash in a root (`BRKB`).
 */
function isForeignRoot(root: string, underlying: string): boolean {
  const plain = (symbol: string): string => symbol.replaceAll(/[^A-Z0-9]/g, '');
  return isAdjustedRoot(root) || plain(underlyingOfRoot(root)) !== plain(underlying);
}

type Terms = Pick<OptionContract, 'symbol' | 'right' | 'expiry' | 'strike'>;

/** Of a listed option its symbol says them, and the columns must agree; of the others the columns alone. */
function optionTerms(record: CsvRecord, form: OptionForm): Terms & { readonly root: string | null } {
  if (form === 'LISTED') {
    const osi = optionSymbol(record);
    checkAgreement(record, osi);
    return osi;
  }
  const symbol = ticker(record, 'symbol');
  const strike = positive(record, 'strike').toNumber();
  return { symbol, right: word(record, 'right', RIGHT), expiry: date(record, 'expiry'), strike, root: null };
}

function positive(record: CsvRecord, column: string): Decimal {
  const value = amount(record, column);
  return value.greaterThan(0) ? value : refuse(column, 'OUT_OF_RANGE', 'not above 0');
}

/** What a row says a contract delivers; undefined where it says nothing. */
function statedDeliverable(record: CsvRecord, form: OptionForm): Deliverable | undefined {
  const stated = optionalText(record, 'deliverable');
  if (stated === '') return undefined;
  if (form !== 'LISTED') refuse('deliverable', 'CONTRADICTION', 'only a listed option can be adjusted');
  return deliverableOf(stated) ?? refuse('deliverable', 'UNKNOWN_WORD', 'not of the form 10 AAA + 5.5 BBB + 12.34 USD');
}

/** One line of an instrument file. Whatever might not deliver `multiplier` units of the underlying is `adjusted`. */
export function contractRow(record: CsvRecord): ContractRow | Refusal {
  return rowOrRefusal(record, () => {
    const { form, isAdjusted } = word(record, 'type', TYPE);
    const { root, ...terms } = optionTerms(record, form);
    const underlying = ticker(record, 'underlying');
    const multiplier = positive(record, 'multiplier');
    const stated = statedDeliverable(record, form);
    const isPlain = stated !== undefined && isPlainDeliverable(stated, underlying, multiplier);
    const mayBeAdjusted = stated !== undefined || isAdjusted || (root !== null && isForeignRoot(root, underlying));
    const contract: OptionContract = {
      kind: 'OPTION',
      form,
      ...terms,
      underlying,
      exercise: word(record, 'style', STYLE),
      multiplier,
      adjusted: mayBeAdjusted && !isPlain,
      deliverable: isPlain ? null : (stated ?? null),
    };
    return { kind: 'CONTRACT', contract };
  });
}

function isPlainDeliverable({ components, cash }: Deliverable, underlying: string, multiplier: Decimal): boolean {
  const [{ symbol, shares }, ...others] = components;
  return others.length === 0 && cash === 0 && symbol === underlying && multiplier.equals(shares);
}

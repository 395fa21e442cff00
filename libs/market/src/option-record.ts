import type { ExerciseStyle, OptionRight } from '@app/pricing';
import type { OptionContract } from './instrument.js';
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

/** Columns an instrument file must have; root, settlement and note are read where they stand. */
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

/** Each type, and whether its deliverable was changed by a corporate action. */
const IS_ADJUSTED: Readonly<Record<string, boolean>> = {
  index_option: false,
  etf_option: false,
  equity_option: false,
  adjusted_equity_option: true,
};
const RIGHT: Readonly<Record<string, OptionRight>> = { c: 'CALL', p: 'PUT', call: 'CALL', put: 'PUT' };
const STYLE: Readonly<Record<string, ExerciseStyle>> = { american: 'AMERICAN', european: 'EUROPEAN' };

/** The symbol of an option row; its other columns must not contradict it. */
export function optionSymbol(record: CsvRecord): OsiSymbol {
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

/** One line of an instrument file. Whatever might not deliver `multiplier` units of the underlying is `adjusted`. */
export function contractRow(record: CsvRecord): ContractRow | Refusal {
  return rowOrRefusal(record, () => {
    const osi = optionSymbol(record);
    const underlying = ticker(record, 'underlying');
    const typeIsAdjusted = word(record, 'type', IS_ADJUSTED);
    checkAgreement(record, osi);
    const multiplier = amount(record, 'multiplier');
    if (!multiplier.greaterThan(0)) refuse('multiplier', 'OUT_OF_RANGE', 'not above 0');
    const contract: OptionContract = {
      kind: 'OPTION',
      symbol: osi.symbol,
      underlying,
      right: osi.right,
      expiry: osi.expiry,
      strike: osi.strike,
      exercise: word(record, 'style', STYLE),
      multiplier,
      adjusted: typeIsAdjusted || isForeignRoot(osi.root, underlying),
    };
    return { kind: 'CONTRACT', contract };
  });
}

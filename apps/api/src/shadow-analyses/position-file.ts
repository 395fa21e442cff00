import { Decimal } from 'decimal.js';
import { isAccountId } from '../fields/account-id.js';
import { type CsvLine, csvLines, csvQuantity, csvSymbol } from '../fields/csv-lines.js';
import { decimalFault } from '../fields/decimal-field.js';
import type { FieldFaults } from '../what-if/field-faults.js';
import type { PositionDto } from '../what-if/what-if.dto.js';
import { MAX_POSITIONS } from '../what-if/what-if.dto.js';

/**
 * Positions of a CSV text in one of two layouts, told apart by the header; columns may stand in any order and others
 * are not read.
 *
 * `symbol,quantity`: + long, − short.
 * `account,symbol,long,short`: as clearing position files have it. Long and short are counts ≥ 0, empty is 0, and what
 * is long and short of one symbol nets. A file of several accounts is read for one of them, which `account` names:
 * accounts are margined apart, and adding them up would show relief that nobody gives.
 */
export function filePositions(text: string, account: string | undefined, faults: FieldFaults): PositionDto[] {
  const [header, ...lines] = csvLines(text, faults);
  const columns = (header?.fields ?? []).map((name) => name.trim().toLowerCase());
  const layout = LAYOUTS.find((names) => names.every((name) => columns.includes(name)));
  if (layout === undefined) {
    faults.add('', 'csv.header', 'The first line must name symbol and quantity, or account, symbol, long and short.');
    return [];
  }
  if (lines.length > MAX_LINES) {
    faults.add('/positions', 'field.array_max_size', `There may be at most ${MAX_LINES} lines of positions.`);
  }
  const cells = lines.slice(0, MAX_LINES).flatMap((line, index) => named(line, index, columns, faults));
  return layout === LAYOUTS[0] ? ofOneAccount(cells, account, faults) : cells.flatMap((row) => signed(row, faults));
}

const LAYOUTS = [
  ['account', 'symbol', 'long', 'short'],
  ['symbol', 'quantity'],
] as const;

/** Files of several accounts are longer than what one of them holds. */
const MAX_LINES = 2 * MAX_POSITIONS;

interface Row {
  readonly cell: (name: string) => string;
  readonly pointer: string;
  /** Of the line in the text, the header being 1. */
  readonly number: number;
}

function named({ fields, number }: CsvLine, index: number, columns: readonly string[], faults: FieldFaults): Row[] {
  const pointer = `/positions/${index}`;
  if (fields.length !== columns.length) {
    faults.add(pointer, 'csv.fields', `Line ${number}: must have ${columns.length} fields, as the header has.`);
    return [];
  }
  return [{ cell: (name) => fields[columns.indexOf(name)].trim(), pointer, number }];
}

function signed({ cell, pointer, number }: Row, faults: FieldFaults): PositionDto[] {
  const symbol = csvSymbol(cell('symbol'), pointer, number, faults);
  const quantity = csvQuantity(cell('quantity'), pointer, number, faults);
  return symbol === undefined || quantity === undefined ? [] : [{ symbol, quantity }];
}

function ofOneAccount(rows: readonly Row[], account: string | undefined, faults: FieldFaults): PositionDto[] {
  for (const { cell, pointer, number } of rows) {
    if (isAccountId(cell('account'))) continue;
    faults.add(`${pointer}/account`, 'field.id', `Line ${number}: account must be 1 to 64 plain characters.`);
  }
  const accounts = new Set(rows.map(({ cell }) => cell('account')));
  if (account === undefined && accounts.size > 1) {
    faults.add('/account', 'positions.several_accounts', 'The file has several accounts: name one of them.');
  }
  const own = rows.filter(({ cell }) => account === undefined || cell('account') === account);
  if (own.length === 0) faults.add('/account', 'positions.none', 'The file has no position of this account.');
  return own.flatMap((row) => netted(row, faults));
}

function netted({ cell, pointer, number }: Row, faults: FieldFaults): PositionDto[] {
  const symbol = csvSymbol(cell('symbol'), pointer, number, faults);
  const [long, short] = (['long', 'short'] as const).map((name) => {
    const text = cell(name) || '0';
    const fault = decimalFault(text) ?? (text.startsWith('-') ? 'must not be negative' : undefined);
    if (fault === undefined) return new Decimal(text);
    faults.add(`${pointer}/${name}`, 'field.decimal', `Line ${number}: ${name} ${fault}.`);
    return null;
  });
  if (symbol === undefined || long === null || short === null) return [];
  const quantity = long.minus(short);
  return quantity.isZero() ? [] : [{ symbol, quantity: quantity.toFixed() }];
}

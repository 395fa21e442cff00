import type { Position } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { type CsvLine, csvLines, csvQuantity, csvSymbol } from '../fields/csv-lines.js';
import type { FieldFaults } from '../what-if/field-faults.js';
import { MAX_POSITIONS } from '../what-if/what-if.dto.js';

const HEADER = 'symbol,quantity';

/**
 * The positions of a CSV text with the header `symbol,quantity`, under the rules JSON has. Every wrong line goes to
 * `faults`: the pointer is that of the JSON form (`/positions/0` is the first line after the header), the detail
 * begins with the number of the line.
 */
export function csvPositions(text: string, faults: FieldFaults): readonly Position[] {
  const [header, ...lines] = csvLines(text, faults);
  if (header?.fields.join() !== HEADER) faults.add('', 'csv.header', `The first line must be ${HEADER}.`);
  if (lines.length > MAX_POSITIONS) {
    faults.add('/positions', 'field.array_max_size', `There may be at most ${MAX_POSITIONS} lines of positions.`);
  }
  return lines.slice(0, MAX_POSITIONS).flatMap((line, index) => position(line, `/positions/${index}`, faults));
}

function position({ fields, number }: CsvLine, pointer: string, faults: FieldFaults): Position[] {
  if (fields.length !== 2) {
    faults.add(pointer, 'csv.fields', `Line ${number}: must have two fields, a symbol and a quantity.`);
    return [];
  }
  const symbol = csvSymbol(fields[0], pointer, number, faults);
  const quantity = csvQuantity(fields[1], pointer, number, faults);
  return symbol === undefined || quantity === undefined ? [] : [{ symbol, quantity: new Decimal(quantity) }];
}

/** RFC 4180. No symbol and no quantity holds a character that would need quotation marks. */
export function positionsCsv(positions: readonly Position[]): string {
  const lines = positions.map(({ symbol, quantity }) => `${symbol},${quantity.toFixed()}`);
  return [HEADER, ...lines, ''].join('\r\n');
}

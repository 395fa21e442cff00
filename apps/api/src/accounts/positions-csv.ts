import { canonicalSymbol } from '@app/market';
import type { Position } from '@app/portfolio';
import { CsvError, parse } from 'csv-parse/sync';
import { Decimal } from 'decimal.js';
import { decimalFault } from '../fields/decimal-field.js';
import type { FieldFaults } from '../what-if/field-faults.js';
import { MAX_POSITIONS } from '../what-if/what-if.dto.js';

const HEADER = 'symbol,quantity';

interface Line {
  readonly fields: readonly string[];
  /** In the text, its first line being 1. */
  readonly number: number;
}

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

/** What is read before text that is not CSV is still judged, so that one answer names all of it. */
function csvLines(text: string, faults: FieldFaults): Line[] {
  const lines: Line[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (fields: string[], { lines: number }) => {
        lines.push({ fields, number });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const after = lines.at(-1)?.number ?? 0;
    faults.add('', 'csv.syntax', `After line ${after} the text is not CSV: a quotation mark is not closed.`);
  }
  return lines;
}

function position({ fields, number }: Line, pointer: string, faults: FieldFaults): Position[] {
  if (fields.length !== 2) {
    faults.add(pointer, 'csv.fields', `Line ${number}: must have two fields, a symbol and a quantity.`);
    return [];
  }
  const [text, quantity] = fields;
  const symbol = canonicalSymbol(text);
  const sentence = 'must be a ticker in capitals, or the OCC symbol of an option, padded or not.';
  if (symbol === undefined) faults.add(`${pointer}/symbol`, 'field.symbol', `Line ${number}: symbol ${sentence}`);
  const fault = decimalFault(quantity) ?? (Number(quantity) === 0 ? 'must not be 0' : undefined);
  if (fault !== undefined) faults.add(`${pointer}/quantity`, 'field.decimal', `Line ${number}: quantity ${fault}.`);
  return symbol === undefined || fault !== undefined ? [] : [{ symbol, quantity: new Decimal(quantity) }];
}

/** RFC 4180. No symbol and no quantity holds a character that would need quotation marks. */
export function positionsCsv(positions: readonly Position[]): string {
  const lines = positions.map(({ symbol, quantity }) => `${symbol},${quantity.toFixed()}`);
  return [HEADER, ...lines, ''].join('\r\n');
}

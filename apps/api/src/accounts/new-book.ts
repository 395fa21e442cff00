import { Decimal } from 'decimal.js';
import { validated } from '../validation/dto.pipe.js';
import { FieldFaults } from '../what-if/field-faults.js';
import type { NewBook } from './accounts.js';
import { book, bookFromDto } from './book.js';
import { ReplacePositionsDto } from './positions.dto.js';
import { csvPositions } from './positions-csv.js';

/**
 * The book a body holds. The media type decides how it is read: JSON may be a string as well, and that is not CSV.
 * @throws Problem 400 with every wrong field or line.
 */
export async function newBook(contentType: string, body: unknown): Promise<NewBook> {
  const faults = new FieldFaults();
  if (/^text\/csv/i.test(contentType)) {
    const positions = book(csvPositions(body as string, faults), faults);
    faults.throwIfAny();
    return { positions, cash: undefined };
  }
  const request = await validated(ReplacePositionsDto, body);
  const positions = bookFromDto(request.positions, faults);
  faults.throwIfAny();
  return { positions, cash: request.cash === undefined ? undefined : new Decimal(request.cash) };
}

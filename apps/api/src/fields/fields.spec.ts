import { compiledValidator } from '../validation/compiled-validator.js';
import { CalendarDateField, InstantField } from './date-fields.js';
import { NumberField } from './number-field.js';
import { IdField, SymbolField, TextField } from './text-fields.js';

class AllDto {
  @SymbolField({ description: '', optional: true }) symbol?: string;
  @IdField({ description: '', optional: true }) id?: string;
  @TextField({ description: '', maxLength: 5, optional: true, nullable: true }) text?: string | null;
  @CalendarDateField({ description: '', optional: true }) date?: string;
  @InstantField({ description: '', optional: true }) instant?: string;
  @NumberField({ description: '', min: 0, max: 9, integer: true, optional: true }) count?: number;
}

describe('the field decorators', () => {
  const valid = compiledValidator(AllDto);

  it.each([
    { symbol: 'IBM' },
    { symbol: 'BRK.B' },
    { symbol: 'A^B' },
    { symbol: 'IBM   070421C00100000' },
    { symbol: 'IBM070421C00100000' },
    { symbol: 'GOOGL1260821P00095500' },
    { id: 'T-1' },
    { id: '0f8fad5b-d9cb-469f-a165-70867728950e' },
    { text: 'é😀' },
    { text: null },
    { date: '2024-02-29' },
    { instant: '2007-02-23T21:00:00.000Z' },
    { instant: '2007-02-23T21:00:00Z' },
    { count: 9 },
  ])('take %j', (dto) => expect(valid?.(dto)).toBe(true));

  it.each([
    { symbol: '' },
    { symbol: 'ibm' },
    { symbol: ' IBM' },
    { symbol: 'IBM\n' },
    { symbol: 'IBM       070421C00100000' },
    { symbol: ['IBM'] },
    { symbol: null },
    { id: '' },
    { id: '-a' },
    { id: 'a/b' },
    { id: 'a'.repeat(65) },
    { text: '' },
    { text: 'toolong' },
    { text: 'a\tb' },
    { text: '\ud800' },
    { date: '2023-02-29' },
    { date: '2026-13-01' },
    { date: '20260101' },
    { date: 20260101 },
    { instant: '2026-02-30T00:00:00Z' },
    { instant: '2026-01-01T24:00:00Z' },
    { instant: '2026-01-01T00:00:00+01:00' },
    { instant: '2026-01-01T00:00:00.0001Z' },
    { count: 10 },
    { count: 0.5 },
    { count: '1' },
    { count: NaN },
  ])('do not take %j', (dto) => expect(valid?.(dto)).toBe(false));
});

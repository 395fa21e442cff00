import { netPositions, type Position } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { decimalFault } from '../fields/decimal-field.js';
import { fieldSymbol } from '../fields/symbol.js';
import type { FieldFaults } from '../what-if/field-faults.js';
import type { PositionDto } from '../what-if/what-if.dto.js';

/** Positions as they are stored: one a symbol, by its one spelling. What cannot be meant goes to `faults`. */
export function bookFromDto(positions: readonly PositionDto[], faults: FieldFaults): readonly Position[] {
  const lines = positions.map(({ symbol, quantity }) => ({
    symbol: fieldSymbol(symbol),
    quantity: new Decimal(quantity),
  }));
  return book(lines, faults);
}

/** The lines netted. Each of them could be stored, but a sum of them may have more digits than there is room for. */
export function book(lines: readonly Position[], faults: FieldFaults): readonly Position[] {
  const positions = netPositions(lines);
  for (const { symbol, quantity } of positions) {
    if (decimalFault(quantity.toFixed()) === undefined) continue;
    const last = lines.findLastIndex((line) => line.symbol === symbol);
    faults.add(
      `/positions/${last}/quantity`,
      'position.too_large',
      'The lines of this symbol add up to more digits than a quantity may have.',
    );
  }
  return positions;
}

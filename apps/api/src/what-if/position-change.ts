import { Decimal } from 'decimal.js';
import type { MoneyChangeDto } from './money-change.js';
import type { QuantityChangeDto } from './quantity-change.dto.js';

export function quantityChange(before: Decimal, after: Decimal): QuantityChangeDto {
  return { before: before.toFixed(), after: after.toFixed(), change: after.minus(before).toFixed() };
}

/** In decimals: values that cancel in equity may each be larger than whole cents can say. */
export function valueChange(before: Decimal, after: Decimal): MoneyChangeDto {
  const [was, is] = [before, after].map((dollars) => dollars.toDecimalPlaces(2));
  const text = (dollars: Decimal): string => (dollars.isZero() ? '0.00' : dollars.toFixed(2));
  return { before: text(was), after: text(is), change: text(is.minus(was)) };
}

import { type Cents, centsText } from '@app/portfolio';
import type { MoneyChangeDto } from './money-change.dto.js';

export type { MoneyChangeDto };

export function moneyChange(before: Cents, after: Cents): MoneyChangeDto {
  return { before: centsText(before), after: centsText(after), change: centsText(after - before) };
}

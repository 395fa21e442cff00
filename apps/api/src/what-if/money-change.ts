import { type Cents, centsText } from '@app/portfolio';
import type { MoneyChangeDto } from './money-change.dto.js';

export type { MoneyChangeDto };

/** Every answer has a handful: a class of their own, so that they can be told from other objects and written at once. */
class MoneyChange implements MoneyChangeDto {
  constructor(
    readonly before: string,
    readonly after: string,
    readonly change: string,
  ) {}
}

export function moneyChange(before: Cents, after: Cents): MoneyChangeDto {
  return new MoneyChange(centsText(before), centsText(after), centsText(after - before));
}

/** What `JSON.stringify` writes of it, as amounts have nothing to escape. */
export function moneyChangeText({ before, after, change }: MoneyChangeDto): string {
  return `{"before":"${before}","after":"${after}","change":"${change}"}`;
}

/** The same of what may be a money change; undefined for anything else. */
export function moneyChangeJson(value: object): string | undefined {
  return value instanceof MoneyChange ? moneyChangeText(value) : undefined;
}

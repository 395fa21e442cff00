import type { CalendarDate } from '@app/market';
import type { ExerciseStyle } from '@app/pricing';
import type { Formula } from './formula.js';
import { inTheMoney, type LongOption, nakedOption, type OptionTermsOfRule } from './option-requirement.js';
import type { Requirement } from './requirement.js';
import type { HedgedStock } from './stock-hedge.js';

/** Stock held, as the pairing sees it. */
export interface ShareLine extends HedgedStock {
  readonly kind: 'SHARES';
  readonly symbol: string;
  readonly underlying: string;
  /** Shares, + long, − short. */
  readonly quantity: number;
  /** False: no loan value, and no relief but cover. */
  readonly isMargin: boolean;
  /** Class group of the index this fund follows one to one, whose options it covers; else null. */
  readonly coversIndex: string | null;
}

/** An option series held, as the pairing sees it. */
export interface OptionLine extends OptionTermsOfRule {
  readonly kind: 'OPTION';
  readonly symbol: string;
  readonly underlying: string;
  /** Contracts, + long, − short. */
  readonly quantity: number;
  readonly expiry: CalendarDate;
  readonly exercise: ExerciseStyle;
  /** Shares per contract. */
  readonly multiplier: number;
  /** What a share of it counts for when bought and held by itself. */
  readonly long: LongOption;
  readonly isLongTerm: boolean;
  /** Class group of the index it is written on; null where it is written on something that can be held. */
  readonly index: string | null;
}

export type Line = ShareLine | OptionLine;

/** What one share or contract of a line is carried as when nothing is paired with it, in dollars. */
export interface Unpaired {
  readonly formula: Formula;
  readonly requirement: Requirement;
  readonly marginValue: number;
}

export function unpaired(line: Line): Unpaired {
  if (line.kind === 'SHARES') {
    return { formula: line.quantity > 0 ? 'LONG_STOCK' : 'SHORT_STOCK', requirement: line.alone, marginValue: 0 };
  }
  const { multiplier, long, right } = line;
  if (line.quantity > 0) {
    const formula = line.isLongTerm ? 'LONG_TERM_OPTION' : 'LONG_OPTION';
    return { formula, requirement: both(long.requirement * multiplier), marginValue: long.marginValue * multiplier };
  }
  const formula = right === 'CALL' ? 'NAKED_CALL' : 'NAKED_PUT';
  return { formula, requirement: both(nakedOption(line) * multiplier), marginValue: 0 };
}

/** Options ask the same on the day of the trade and afterwards. */
export function both(dollars: number): Requirement {
  return { initial: dollars, maintenance: dollars };
}

/** What can be paired: whole contracts, any shares. A fraction of a contract stands alone. */
export function pairableQuantity(line: Line): number {
  return line.kind === 'SHARES' ? Math.abs(line.quantity) : Math.floor(Math.abs(line.quantity));
}

export function isLong(line: Line): boolean {
  return line.quantity > 0;
}

export function inTheMoneyDollars(option: OptionLine): number {
  return inTheMoney(option) * option.multiplier;
}

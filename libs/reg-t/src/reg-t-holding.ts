import {
  type CalendarDate,
  isBasis,
  type Market,
  marketGap,
  type Option,
  optionBasis,
  type Underlying,
  underlyingOf,
} from '@app/market';
import type { Mark, Position } from '@app/portfolio';
import type { RegTRules } from '@app/rules';
import type { ProgramSolver } from './integer-program.js';
import { isRegTGaps, regTGap, type RegTGaps } from './reg-t-gap.js';
import { regTMark } from './reg-t-mark.js';

/** What a strategy-based calculation is made with beside the portfolio: the same for before and after. */
export interface RegTContext {
  readonly market: Market;
  readonly rules: RegTRules;
  readonly solver: ProgramSolver;
  /** What one pairing may take of the solver's clock; past it the best found is given, with its gap. */
  readonly secondsPerPairing: number;
  /** Symbols of stocks without loan value. */
  readonly nonMargin: ReadonlySet<string>;
}

/** A position that can be margined under these rules. */
export interface RegTHolding {
  readonly position: Position;
  readonly instrument: Underlying | Option;
  readonly underlying: Underlying;
  readonly mark: Mark;
  /** Price of the underlying. */
  readonly spot: number;
}

export function regTHolding(position: Position, { market }: Pick<RegTContext, 'market'>): RegTHolding | RegTGaps {
  const { symbol } = position;
  const instrument = market.instrument(symbol);
  if (instrument === undefined) return [marketGap('symbol.unknown', symbol)];
  const isOnFuture = instrument.kind === 'OPTION' && instrument.form === 'ON_FUTURE';
  if (instrument.kind === 'FUTURE' || isOnFuture) return [regTGap('future.not_in_margin_account', symbol)];
  const underlying = valuedOn(instrument, market);
  if (underlying !== undefined && isRegTGaps(underlying)) return underlying;
  if (underlying === undefined) return [regTGap('underlying.unknown', symbol)];
  if (instrument.kind === 'UNDERLYING' && instrument.type === 'INDEX') return [regTGap('index.not_tradable', symbol)];
  const mark = regTMark(instrument, underlying, market);
  if (isRegTGaps(mark)) return mark;
  return { position, instrument, underlying, mark, spot: underlying.price!.toNumber() };
}

/**
 * What an option is on, for the formulas: of an adjusted contract its basket, which nothing else is on, so that no
 * share counts as what it delivers.
 */
function valuedOn(instrument: Underlying | Option, market: Market): Underlying | RegTGaps | undefined {
  if (instrument.kind === 'UNDERLYING' || instrument.deliverable === null) return underlyingOf(instrument, market);
  const basis = optionBasis(instrument, market);
  return isBasis(basis) && basis.gaps.length === 0 ? basis.on : isBasis(basis) ? basis.gaps : basis;
}

/** The same day `months` later; the last day of a shorter month. */
export function monthsAfter(date: CalendarDate, months: number): CalendarDate {
  const [year, month, day] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(day, lastDay)).padStart(2, '0')}`;
}

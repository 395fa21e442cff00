import type { OptionRight } from '@app/pricing';
import { type CalendarDate, isCalendarDate } from './calendar-date.js';

/** The parts of an option symbol of the OCC's Options Symbology Initiative (in force since 2010). */
export interface OsiSymbol {
  /** 1 to 6 capital letters and digits, at least one letter; a trailing digit is the mark of an adjusted contract. */
  readonly root: string;
  readonly expiry: CalendarDate;
  readonly right: OptionRight;
  /** Money per share, exact to 1/1000, > 0. */
  readonly strike: number;
  /** The 21 characters, root padded with spaces. */
  readonly symbol: string;
}

const ROOT_LENGTH = 6;
/** yymmdd, C or P, and the strike in 1/1000 with eight digits. */
const TAIL_LENGTH = 15;
const TAIL = /^(\d\d)(\d\d)(\d\d)([CP])(\d{8})$/;
const ROOT = /^(?=\d*[A-Z])[A-Z0-9]{1,6}$/;

/**
 * Reads `IBM   070421C00100000` or `IBM070421C00100000`; no other padding, no lower case. The two digits of the year
 * are 2000 to 2099: the symbology did not exist before. `undefined` for anything that is not such a symbol.
 */
export function osiSymbol(text: string): OsiSymbol | undefined {
  const head = text.slice(0, -TAIL_LENGTH);
  const root = head.trimEnd();
  if (!ROOT.test(root) || (head !== root && head !== root.padEnd(ROOT_LENGTH))) return undefined;
  const [matched, year, month, day, right, thousandths] = TAIL.exec(text.slice(-TAIL_LENGTH)) ?? [];
  if (matched === undefined) return undefined;
  const expiry = `20${year}-${month}-${day}`;
  const strike = Number(thousandths) / 1000;
  if (!isCalendarDate(expiry) || strike === 0) return undefined;
  const symbol = root.padEnd(ROOT_LENGTH) + matched;
  return { root, expiry, right: right === 'C' ? 'CALL' : 'PUT', strike, symbol };
}

/**
 * The padded symbol of an option. Throws RangeError for parts no symbol can hold (a root of seven characters, a
 * strike that is not a whole number of thousandths below 100,000): such a contract cannot be listed.
 */
export function osiSymbolText(parts: Omit<OsiSymbol, 'symbol'>): string {
  const date = parts.expiry.slice(2).replaceAll('-', '');
  const thousandths = String(Math.round(parts.strike * 1000)).padStart(8, '0');
  const text = `${parts.root.padEnd(ROOT_LENGTH)}${date}${parts.right === 'CALL' ? 'C' : 'P'}${thousandths}`;
  const read = osiSymbol(text);
  if (read?.strike !== parts.strike || read.expiry !== parts.expiry) throw new RangeError('not a listable option');
  return text;
}

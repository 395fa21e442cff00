import { INDEX_FAMILIES, type IndexFamily } from './index-family.js';

/** A fund whose name promises a fixed multiple of something's daily move. */
export interface LeveragedFund {
  /** 3, 2, −1 … */
  readonly leverage: number;
  /** Null where what it is a multiple of is none of the known indices. */
  readonly family: IndexFamily | null;
}

/** ProShares' words for multiples; the longer before those they begin with. */
const PROSHARES: readonly (readonly [RegExp, number])[] = [
  [/\bULTRAPRO SHORT\b/, -3],
  [/\bULTRAPRO\b/, 3],
  [/\bULTRASHORT\b/, -2],
  [/\bPROSHARES ULTRA\b/, 2],
  [/\bPROSHARES SHORT\b/, -1],
];
/** `3X`, `-1X`, `1.5X`, with the words that make it inverse. */
const FACTOR = /(-?)\b(\d(?:\.\d+)?)X\b/;
const INVERSE = /\b(?:BEAR|SHORT|INVERSE)\b/;

/** Words of a name that say nothing of the index. */
const FILLER =
  /\b(?:PROSHARES|DIREXION|DAILY|TARGET|ULTRAPRO|ULTRASHORT|ULTRA|BULL|BEAR|LONG|SHORT|INVERSE|LEVERAGED|SHARES?|ETF|FUND|TRUST|INDEX|SERIES|THE)\b/g;

const FAMILY_OF_NAME = new Map(INDEX_FAMILIES.flatMap((family) => family.names.map((name) => [name, family] as const)));

/**
 * Reads `ProShares UltraPro Short QQQ` and `Direxion Daily S&P 500 Bull 3X ETF`. The multiple is of a known index only
 * where nothing else is left of the name: "S&P 500 High Beta", a quarter's return or an issuer that is not known stay
 * alone, which costs margin and loses none. Undefined where the name promises no multiple.
 */
export function leveragedFund(name: string): LeveragedFund | undefined {
  const words = name.toUpperCase();
  const leverage = multiple(words);
  if (leverage === undefined || leverage === 1) return undefined;
  const rest = words
    .replace(FACTOR, ' ')
    .replaceAll(FILLER, ' ')
    .replaceAll(/[^A-Z0-9&]/g, '');
  return { leverage, family: FAMILY_OF_NAME.get(rest) ?? null };
}

function multiple(words: string): number | undefined {
  const stated = FACTOR.exec(words);
  if (stated === null) return PROSHARES.find(([pattern]) => pattern.test(words))?.[1];
  const size = Number(stated[2]);
  if (size === 0) return undefined;
  return stated[1] === '-' || INVERSE.test(words) ? -size : size;
}

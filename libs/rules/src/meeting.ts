import { osiSymbol, underlyingOfRoot } from '@app/market';
import type { HouseRule } from './house-rule.js';
import { PARAMETER_DEFINITIONS } from './parameter-definitions.js';

/** The class group of an underlying; undefined where it is not known. */
export type ClassGroupOf = (symbol: string) => string | undefined;

/** Whether there can be anything that both rules, of one number, bind. */
export function canMeet(a: HouseRule, b: HouseRule, classGroupOf: ClassGroupOf): boolean {
  if (!alike(a.productClass, b.productClass) || !alike(a.classGroup, b.classGroup)) return false;
  if (a.symbol === b.symbol) return true;
  if (PARAMETER_DEFINITIONS[a.parameter].level === 'SYMBOL') return symbolsMeet(a, b);
  return alike(placeOf(a, classGroupOf), placeOf(b, classGroupOf));
}

function alike(a: string | null | undefined, b: string | null | undefined): boolean {
  return a === null || a === undefined || b === null || b === undefined || a === b;
}

function placeOf({ symbol, classGroup }: HouseRule, classGroupOf: ClassGroupOf): string | null | undefined {
  return symbol === null ? classGroup : classGroupOf(symbol);
}

/** Two symbols meet where one is written on the other; a limit on the number held is of the symbol itself. */
function symbolsMeet({ symbol, parameter }: HouseRule, { symbol: other }: HouseRule): boolean {
  if (symbol === null || other === null) return true;
  return parameter !== 'positionLimit' && (mayBeWrittenOn(symbol, other) || mayBeWrittenOn(other, symbol));
}

/** An option says what it is written on; a symbol with digits may be a future on anything; a ticker is written on nothing. */
function mayBeWrittenOn(symbol: string, underlying: string): boolean {
  const option = osiSymbol(symbol);
  if (option !== undefined) return underlyingOfRoot(option.root) === underlying;
  return /\d/.test(symbol);
}

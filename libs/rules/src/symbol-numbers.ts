import type { ProductClass } from '@app/market';
import type { AppliedRule } from './applied-rule.js';
import { type HouseRule, narrowness } from './house-rule.js';
import { numbersInForce } from './numbers-in-force.js';
import { bindsClass, type RuleIndex } from './rule-index.js';
import { NO_SYMBOL_RULES, type SymbolRules, symbolRules } from './symbol-rules.js';

/** Where a symbol is, as far as rules ask. */
export type SymbolPlace = readonly [
  symbol: string,
  underlyingSymbol: string,
  classGroup: string,
  productClass: ProductClass,
];

/** The numbers of a symbol and who set each. */
export interface SymbolNumbers {
  readonly rules: SymbolRules;
  readonly applied: readonly AppliedRule[];
}

/** What no rule of the house says anything about. */
const NONE: SymbolNumbers = { rules: NO_SYMBOL_RULES, applied: [] };

/** The symbol's own rule is narrower than its underlying's, whatever else either names. */
const OWN_SYMBOL = 100;

/** The numbers of each symbol asked about. */
export function symbolNumbers(index: RuleIndex): (place: SymbolPlace) => SymbolNumbers {
  const known = new Map<string, SymbolNumbers>();
  return (place) => {
    if (!index.hasSymbolRules) return NONE;
    const [symbol] = place;
    const found = known.get(symbol);
    if (found !== undefined) return found;
    const narrow = (rule: HouseRule): number => narrowness(rule) + (rule.symbol === symbol ? OWN_SYMBOL : 0);
    const applied = numbersInForce(rulesOfSymbol(index, place), [], narrow);
    const numbers = { rules: symbolRules(applied), applied };
    known.set(symbol, numbers);
    return numbers;
  };
}

/** Every rule that binds a symbol: its own, its underlying's, its class group's, everybody's. */
function rulesOfSymbol(index: RuleIndex, [symbol, underlying, classGroup, productClass]: SymbolPlace): HouseRule[] {
  // A limit on the number held is of the symbol it names: shares and contracts do not add up.
  const ofUnderlying =
    symbol === underlying ? [] : index.ofSymbol(underlying).filter(({ parameter }) => parameter !== 'positionLimit');
  return [...index.ofSymbol(symbol), ...ofUnderlying, ...index.ofSymbolsIn(classGroup), ...index.anySymbol]
    .filter((rule) => bindsClass(rule, productClass))
    .filter((rule) => rule.classGroup === null || rule.classGroup === classGroup);
}

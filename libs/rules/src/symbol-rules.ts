import type { AppliedRule } from './applied-rule.js';
import type { HouseParameter } from './parameter-definitions.js';

/** A value and the house rule that set it: the rule book limits no symbol. */
export interface SymbolRule<T> {
  readonly value: T;
  readonly ruleId: string;
}

/** What a single symbol is held to; null: nothing. */
export interface SymbolRules {
  /** Shares or contracts of the symbol itself, long or short. */
  readonly positionLimit: SymbolRule<number> | null;
  /** Dollars of gross market value: of the symbol, an underlying's with what is written on it. */
  readonly notionalLimit: SymbolRule<number> | null;
  /** Null where orders may open. */
  readonly closingOnly: SymbolRule<true> | null;
  /** Dollars per share. */
  readonly leastEligiblePrice: SymbolRule<number> | null;
}

export const NO_SYMBOL_RULES: SymbolRules = {
  positionLimit: null,
  notionalLimit: null,
  closingOnly: null,
  leastEligiblePrice: null,
};

export function symbolRules(applied: readonly AppliedRule[]): SymbolRules {
  if (applied.length === 0) return NO_SYMBOL_RULES;
  const of = <T>(parameter: HouseParameter): SymbolRule<T> | null => {
    const rule = applied.find((line) => line.parameter === parameter);
    return rule === undefined ? null : { value: rule.value as T, ruleId: rule.ruleId! };
  };
  const closingOnly = of<boolean>('closingOnly');
  return {
    positionLimit: of('positionLimit'),
    notionalLimit: of('notionalLimit'),
    closingOnly: closingOnly?.value === true ? { value: true, ruleId: closingOnly.ruleId } : null,
    leastEligiblePrice: of('leastEligiblePrice'),
  };
}

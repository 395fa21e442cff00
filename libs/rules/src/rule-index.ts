import type { ProductClass } from '@app/market';
import type { HouseRule } from './house-rule.js';
import { PARAMETER_DEFINITIONS } from './parameter-definitions.js';

/** The rules in force by what they bind, so that a question meets only those that may bind what it asks about. */
export interface RuleIndex {
  readonly account: readonly HouseRule[];
  /** Of class groups: those that name none, and those of a class group, named or by a symbol in it. */
  readonly anyClassGroup: readonly HouseRule[];
  readonly ofClassGroup: (classGroup: string) => readonly HouseRule[];
  /** Of symbols: those that name none, those of a class group, and those of a symbol. */
  readonly anySymbol: readonly HouseRule[];
  readonly ofSymbolsIn: (classGroup: string) => readonly HouseRule[];
  readonly ofSymbol: (symbol: string) => readonly HouseRule[];
  readonly hasSymbolRules: boolean;
  readonly limitsPrices: boolean;
}

const NONE: readonly HouseRule[] = [];

/** `classGroupOf` is asked for the symbols of rules on class groups; one the market does not know binds nothing there. */
export function ruleIndex(
  rules: readonly HouseRule[],
  classGroupOf: (symbol: string) => string | undefined,
): RuleIndex {
  const levels = { ACCOUNT: [] as HouseRule[], CLASS_GROUP: [] as HouseRule[], SYMBOL: [] as HouseRule[] };
  for (const rule of rules) levels[PARAMETER_DEFINITIONS[rule.parameter].level].push(rule);
  const classGroups = grouped(levels.CLASS_GROUP, ({ symbol, classGroup }) => {
    if (symbol === null) return classGroup;
    const own = classGroupOf(symbol);
    return own === undefined || (classGroup !== null && classGroup !== own) ? undefined : own;
  });
  const symbols = grouped(levels.SYMBOL, ({ symbol }) => symbol);
  const symbolsIn = grouped(symbols.get(null) ?? NONE, ({ classGroup }) => classGroup);
  return {
    account: levels.ACCOUNT,
    anyClassGroup: classGroups.get(null) ?? NONE,
    ofClassGroup: (classGroup) => classGroups.get(classGroup) ?? NONE,
    anySymbol: symbolsIn.get(null) ?? NONE,
    ofSymbolsIn: (classGroup) => symbolsIn.get(classGroup) ?? NONE,
    ofSymbol: (symbol) => symbols.get(symbol) ?? NONE,
    hasSymbolRules: levels.SYMBOL.length > 0,
    limitsPrices: levels.SYMBOL.some(({ parameter }) => parameter === 'leastEligiblePrice'),
  };
}

/** Rules by what `keyOf` says; undefined leaves a rule out. */
function grouped(
  rules: readonly HouseRule[],
  keyOf: (rule: HouseRule) => string | null | undefined,
): ReadonlyMap<string | null, readonly HouseRule[]> {
  const groups = new Map<string | null, HouseRule[]>();
  for (const rule of rules) {
    const key = keyOf(rule);
    if (key === undefined) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [rule]);
    else known.push(rule);
  }
  return groups;
}

/** Whether a rule's product class, where it names one, is the one asked about. */
export function bindsClass({ productClass }: HouseRule, asked: ProductClass): boolean {
  return productClass === null || productClass === asked;
}

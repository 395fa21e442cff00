import type { Bond, CalendarDate, ProductClass, StrategyClass } from '@app/market';
import { type AccountRules, accountRules, bookAccountNumbers } from './account-rules.js';
import type { AppliedRule } from './applied-rule.js';
import type { Cited } from './cited.js';
import { bookOfClass, classNumbers } from './class-numbers.js';
import type { ClassRules } from './class-rules.js';
import { valueFaults } from './house-rule-faults.js';
import { type HouseRule, isInForce } from './house-rule.js';
import { memo, once } from './memo.js';
import { isChanged, numbersInForce } from './numbers-in-force.js';
import type { RegulatoryRules } from './regulatory-rules.js';
import { ruleIndex } from './rule-index.js';
import { ruleSetVersion } from './rule-set-version.js';
import { strategyRate } from './strategy-rates.js';
import { symbolNumbers, type SymbolPlace } from './symbol-numbers.js';
import type { SymbolRules } from './symbol-rules.js';

export interface EffectiveRules {
  /** Names the regulatory numbers and every house rule that was in force: enough to repeat an answer. */
  readonly version: string;
  /** What the rule book asks of a product class: one object a class. */
  readonly regulatory: (productClass: ProductClass) => ClassRules;
  /**
   * What is in force for a class group, house rules included: never looser than the rule book, and the very object of
   * `regulatory` where no house rule changes a number.
   */
  readonly inForce: (classGroup: string, productClass: ProductClass) => ClassRules;
  /** Each number in force for a class group, and who set it. */
  readonly applied: (classGroup: string, productClass: ProductClass) => readonly AppliedRule[];
  readonly regulatoryAccount: AccountRules;
  /** The very object of `regulatoryAccount` where no house rule changes a number. */
  readonly account: AccountRules;
  readonly appliedAccount: readonly AppliedRule[];
  /** What a fund, a bond or a stock without loan value must keep; undefined for a bond of which nothing is known. */
  readonly strategyRate: (strategyClass: StrategyClass, bond: Bond | null) => Cited<number> | undefined;
  /** Whether any rule says from which price on a stock is eligible. */
  readonly limitsPrices: boolean;
  /** Whether any rule is about symbols: where none is, `symbol` has the same answer for all. */
  readonly bindsSymbols: boolean;
  readonly symbol: (...place: SymbolPlace) => SymbolRules;
  readonly appliedSymbol: (...place: SymbolPlace) => readonly AppliedRule[];
}

/** What house rules are read with. */
export interface RuleReading {
  /** The class group of an underlying; undefined where the market does not know it. */
  readonly classGroupOf?: (symbol: string) => string | undefined;
  /** A short text that differs where the text it is given does: many rules cannot all be named in a version. */
  readonly digestOf?: (text: string) => string;
}

/**
 * The rule book and the house rules in force on a date. The narrower house rule wins (symbol, class group, product class,
 * everything; and for one target the account's, its group's, the firm's) and a house rule looser than the rule book
 * changes nothing.
 *
 * @throws Error for a rule that {@link houseRuleFaults} would have refused, and for one on a symbol's class group where
 * no `classGroupOf` is given: a rule that cannot be read may not be left out.
 */
export function effectiveRules(
  book: RegulatoryRules,
  houseRules: readonly HouseRule[],
  date: CalendarDate,
  { classGroupOf = unplaced, digestOf }: RuleReading = {},
): EffectiveRules {
  const inForce = houseRules.filter((rule) => isInForce(rule, date));
  inForce.forEach(refuseUnreadable);
  const index = ruleIndex(inForce, classGroupOf);
  const version = once(() => ruleSetVersion(book, inForce, digestOf));
  const classes = classNumbers(book, index);
  const symbols = symbolNumbers(index);
  const regulatoryAccount = bookOfAccount(book);
  const appliedAccount = numbersInForce(index.account, bookAccountNumbers(book));
  return {
    get version() {
      return version();
    },
    regulatory: (productClass) => bookOfClass(book)(productClass).rules,
    inForce: (classGroup, productClass) => classes(productClass)(classGroup).rules,
    applied: (classGroup, productClass) => classes(productClass)(classGroup).applied,
    regulatoryAccount,
    account: isChanged(appliedAccount) ? accountRules(book, appliedAccount) : regulatoryAccount,
    appliedAccount,
    strategyRate: (strategyClass, bond) => strategyRate(book.strategyRates, strategyClass, bond, date),
    limitsPrices: index.limitsPrices,
    bindsSymbols: index.hasSymbolRules,
    symbol: (...place) => symbols(place).rules,
    appliedSymbol: (...place) => symbols(place).applied,
  };
}

/** What a rule book asks of an account. */
const bookOfAccount = memo((book: RegulatoryRules) =>
  accountRules(
    book,
    bookAccountNumbers(book).map(({ applied }) => applied),
  ),
);

const readable = new WeakSet<HouseRule>();

function refuseUnreadable(rule: HouseRule): void {
  if (readable.has(rule)) return;
  const [fault] = valueFaults(rule.parameter, rule.value);
  if (fault !== undefined)
    throw new Error(`house rule ${rule.ruleId}, ${rule.parameter}${fault.pointer}: ${fault.detail}`);
  readable.add(rule);
}

function unplaced(symbol: string): never {
  throw new Error(`a house rule for ${symbol} is given without the class group of that symbol`);
}

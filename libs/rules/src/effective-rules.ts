import type { CalendarDate, ProductClass } from '@app/market';
import { type AccountRules, accountRules, bookAccountNumbers } from './account-rules.js';
import { type AppliedRule, appliedRule, type BookNumber, byParameter } from './applied-rule.js';
import { bookClassNumbers, type ClassRules, classRules } from './class-rules.js';
import { valueFaults } from './house-rule-faults.js';
import { type HouseRule, isInForce, narrowness, slotOf } from './house-rule.js';
import type { RegulatoryRules } from './regulatory-rules.js';
import { bindsClass, type RuleIndex, ruleIndex } from './rule-index.js';
import { NO_SYMBOL_RULES, type SymbolRules, symbolRules } from './symbol-rules.js';

/** Where a symbol is, as far as rules ask. */
export type SymbolPlace = readonly [
  symbol: string,
  underlyingSymbol: string,
  classGroup: string,
  productClass: ProductClass,
];

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

/** Characters of rule names a version carries before it carries their digest. */
const VERSION_NAMES_LENGTH = 120;

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
  const version = once(() => versionName(book, inForce, digestOf));
  const classes = classNumbers(book, index);
  const symbols = symbolNumbers(index);
  const regulatoryAccount = bookOf(book).account;
  const appliedAccount = numbersInForce(index.account, bookAccountNumbers(book));
  return {
    get version() {
      return version();
    },
    regulatory: (productClass) => bookOf(book).ofClass(productClass).rules,
    inForce: (classGroup, productClass) => classes(productClass)(classGroup).rules,
    applied: (classGroup, productClass) => classes(productClass)(classGroup).applied,
    regulatoryAccount,
    account: isChanged(appliedAccount) ? accountRules(book, appliedAccount) : regulatoryAccount,
    appliedAccount,
    symbol: (...place) => (index.hasSymbolRules ? symbols(place).rules : NO_SYMBOL_RULES),
    appliedSymbol: (...place) => (index.hasSymbolRules ? symbols(place).applied : []),
  };
}

/** A number that every question asks for is worked out once; the same arguments give the same object. */
function memo<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}

function once<V>(compute: () => V): () => V {
  const known = memo(compute);
  return () => known(undefined as never);
}

/** What a rule book asks, by itself. */
const bookOf = memo((book: RegulatoryRules) => ({
  account: accountRules(
    book,
    bookAccountNumbers(book).map(({ applied }) => applied),
  ),
  ofClass: memo((productClass: ProductClass) => {
    const numbers = bookClassNumbers(book, productClass);
    const applied = numbers.map((number) => number.applied);
    return { numbers, applied, rules: classRules(book, applied) };
  }),
}));

/** The numbers of a class group and who set each. */
interface ClassNumbers {
  readonly rules: ClassRules;
  readonly applied: readonly AppliedRule[];
}

/** The class groups no rule names share the numbers of their product class. */
function classNumbers(
  book: RegulatoryRules,
  index: RuleIndex,
): (productClass: ProductClass) => (classGroup: string) => ClassNumbers {
  return memo((productClass: ProductClass) => {
    const regulatory = bookOf(book).ofClass(productClass);
    const general = index.anyClassGroup.filter((rule) => bindsClass(rule, productClass));
    const bySlot = grouped(general);
    const numbers = (applied: readonly AppliedRule[]): ClassNumbers => ({
      rules: isChanged(applied) ? classRules(book, applied) : regulatory.rules,
      applied,
    });
    const generalNumbers = once(() => numbers(numbersInForce(general, regulatory.numbers)));
    return memo((classGroup: string) => {
      const own = index.ofClassGroup(classGroup).filter((rule) => bindsClass(rule, productClass));
      if (own.length === 0) return generalNumbers();
      // Only what the class group's own rules set is decided anew; the other lines stay the very same objects.
      const slots = grouped(own);
      const rivals = [...slots].flatMap(([slot, rules]) => [...rules, ...(bySlot.get(slot) ?? [])]);
      const decided = numbersInForce(rivals, regulatory.numbers);
      const kept = generalNumbers().applied.filter((rule) => !slots.has(appliedSlot(rule)));
      const changed = decided.filter((rule) => slots.has(appliedSlot(rule)));
      return numbers([...kept, ...changed].sort(byParameter));
    });
  });
}

/** The numbers of each symbol asked about. */
function symbolNumbers(
  index: RuleIndex,
): (place: SymbolPlace) => { rules: SymbolRules; applied: readonly AppliedRule[] } {
  const known = new Map<string, { rules: SymbolRules; applied: readonly AppliedRule[] }>();
  return ([symbol, underlyingSymbol, classGroup, productClass]) => {
    const found = known.get(symbol);
    if (found !== undefined) return found;
    // A limit on the number held is of the symbol it names: shares and contracts do not add up.
    const ofUnderlying = index.ofSymbol(underlyingSymbol).filter(({ parameter }) => parameter !== 'positionLimit');
    const named = symbol === underlyingSymbol ? index.ofSymbol(symbol) : [...index.ofSymbol(symbol), ...ofUnderlying];
    const rules = [...named, ...index.ofSymbolsIn(classGroup), ...index.anySymbol]
      .filter((rule) => bindsClass(rule, productClass))
      .filter((rule) => rule.classGroup === null || rule.classGroup === classGroup);
    // The symbol's own rule is narrower than its underlying's, whatever else both name.
    const applied = numbersInForce(rules, [], (rule) => narrowness(rule) + (rule.symbol === symbol ? 100 : 0));
    const numbers = { rules: symbolRules(applied), applied };
    known.set(symbol, numbers);
    return numbers;
  };
}

/** Every number the rule book or a house rule sets. */
function numbersInForce(
  rules: readonly HouseRule[],
  book: readonly BookNumber[],
  narrow: (rule: HouseRule) => number = narrowness,
): readonly AppliedRule[] {
  const bySlot = grouped(rules);
  const ofBook = new Map(book.map((number) => [number.applied.parameter as string, number]));
  return [...new Set([...ofBook.keys(), ...bySlot.keys()])]
    .map((slot) => appliedRule(bySlot.get(slot) ?? [], ofBook.get(slot), narrow)!)
    .sort(byParameter);
}

function grouped(rules: readonly HouseRule[]): ReadonlyMap<string, readonly HouseRule[]> {
  const groups = new Map<string, HouseRule[]>();
  for (const rule of rules) {
    const known = groups.get(slotOf(rule));
    if (known === undefined) groups.set(slotOf(rule), [rule]);
    else known.push(rule);
  }
  return groups;
}

function appliedSlot({ parameter, value, source }: AppliedRule): string {
  return source === 'house' ? slotOf({ parameter, value }) : parameter;
}

function isChanged(applied: readonly AppliedRule[]): boolean {
  return applied.some(({ source }) => source === 'house');
}

function versionName(book: RegulatoryRules, inForce: readonly HouseRule[], digestOf: RuleReading['digestOf']): string {
  const sorted = inForce.toSorted((a, b) => (a.ruleId < b.ruleId ? -1 : 1));
  const names = sorted.map(({ ruleId }) => ruleId).join('+');
  if (names === '') return book.version;
  if (digestOf === undefined || names.length <= VERSION_NAMES_LENGTH) return `${book.version}+${names}`;
  return `${book.version}+${sorted.length} house rules ${digestOf(JSON.stringify(sorted))}`;
}

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

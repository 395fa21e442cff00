import type { Cents } from '@app/portfolio';
import type { EffectiveRules, HouseParameter, StressLimit } from '@app/rules';
import { Decimal } from 'decimal.js';
import type { AccountMargin } from './account-margin.js';
import type { ClassGroup } from './class-group-after.js';
import { profitAt } from './class-sums.js';
import type { Holding } from './holding.js';
import { notional, notionalOf } from './notionals.js';

/** A limit of the house that an account does not keep. It costs no margin; it refuses what makes it worse. */
export interface Violation {
  readonly code:
    | 'limit.leverage'
    | 'limit.stress_class_group'
    | 'limit.stress_portfolio'
    | 'limit.stress_beta_weighted'
    | 'limit.position'
    | 'limit.notional'
    | 'restricted.closing_only';
  /** What it is about: a class group or a symbol; null: the account. */
  readonly subject: string | null;
  readonly ruleId: string;
  /** A sentence for a trader. */
  readonly detail: string;
  /** By how much the limit is exceeded, > 0; in dollars but for limits on a number of shares or contracts. */
  readonly excess: number;
  readonly isMoney: boolean;
}

/** What `after` does not keep: limits on the account, on its class groups, and on the symbols traded since `before`. */
export function violations(
  before: AccountMargin,
  after: AccountMargin,
  traded: readonly Holding[],
  rules: EffectiveRules,
): readonly Violation[] {
  const ofAccount = accountViolations(after, rules);
  const ofSymbols = symbolViolations(before, after, traded, rules);
  return ofAccount.length + ofSymbols.length === 0 ? NONE : [...ofAccount, ...ofSymbols];
}

/** Limits on the account as a whole and on its class groups. */
export function accountViolations(margin: AccountMargin, rules: EffectiveRules): readonly Violation[] {
  const { account } = rules;
  const { equity, totals, strategy } = margin;
  if (isUnwatched(account) && totals.stressLimited === 0) return NONE;
  const found: Violation[] = [];
  const stressed = (limit: StressLimit, loss: Cents, name: StressName, subject: string | null): void => {
    const excess = (loss - stressBound(limit, equity)) / 100;
    if (loss <= 0 || excess <= 0) return;
    const detail = `The loss ${STRESS_WORDS[name]} would be more than the house allows for this equity.`;
    found.push({ code: `limit.stress_${name}`, subject, ruleId: limit.ruleId, detail, excess, isMoney: true });
  };
  if (account.leverageCap !== null) {
    const excess = (totals.grossValue + strategy.grossValue - Math.max(0, account.leverageCap * equity)) / 100;
    const detail = `Gross market value would be more than ${account.leverageCap} times equity, the most the house allows.`;
    const ruleId = ruleIdOf('leverageCap', rules);
    if (excess > 0) found.push({ code: 'limit.leverage', subject: null, ruleId, detail, excess, isMoney: true });
  }
  account.portfolioStress.forEach((limit, i) => stressed(limit, totals.portfolioStress[i], 'portfolio', null));
  account.betaStress.forEach((limit, i) => stressed(limit, totals.betaStress[i], 'beta_weighted', null));
  if (totals.stressLimited > 0) {
    for (const { classGroup, plan, sums } of margin.classGroups.values()) {
      plan.numbers.stressLimits.forEach((limit, i) => {
        stressed(limit, Math.round(-profitAt(sums, plan.classStress[i]) * 100), 'class_group', classGroup);
      });
    }
  }
  return found;
}

const NONE: readonly Violation[] = [];

function isUnwatched({ leverageCap, portfolioStress, betaStress }: EffectiveRules['account']): boolean {
  return leverageCap === null && portfolioStress.length === 0 && betaStress.length === 0;
}

type StressName = 'class_group' | 'portfolio' | 'beta_weighted';
const STRESS_WORDS: Readonly<Record<StressName, string>> = {
  class_group: 'of a class group under a stress test',
  portfolio: 'of all class groups, each on its worse side, under a stress test',
  beta_weighted: 'of a move of the index, every underlying moving by its beta,',
};

/** The most a stress may lose, in cents: the lesser of its bounds. */
function stressBound({ equityMultiple, equityPlus }: StressLimit, equity: Cents): number {
  const bounds = [
    ...(equityMultiple === null ? [] : [equityMultiple * equity]),
    ...(equityPlus === null ? [] : [equity + equityPlus * 100]),
  ];
  return Math.max(0, Math.min(...bounds));
}

function ruleIdOf(parameter: HouseParameter, { appliedAccount }: EffectiveRules): string {
  return appliedAccount.find((rule) => rule.parameter === parameter)!.ruleId!;
}

/** Limits on the symbols traded and on what they are written on. */
export function symbolViolations(
  before: AccountMargin,
  after: AccountMargin,
  traded: readonly Holding[],
  rules: EffectiveRules,
): readonly Violation[] {
  if (!rules.bindsSymbols) return NONE;
  const lines = new Map(traded.map((line) => [line.position.symbol, line]));
  return [...lines.values()].flatMap((line) => {
    const { underlying, position } = line;
    const { classGroup, productClass } = underlying;
    const own = rules.symbol(position.symbol, underlying.symbol, classGroup, productClass);
    const whole = rules.symbol(underlying.symbol, underlying.symbol, classGroup, productClass);
    if (isUnlimited(own) && isUnlimited(whole)) return [];
    const held = { was: quantityOf(before, line), is: quantityOf(after, line) };
    return [
      closingOnlyViolation(own, held, position.symbol),
      positionViolation(own, held.is, position.symbol),
      own.notionalLimit?.ruleId === whole.notionalLimit?.ruleId
        ? undefined
        : notionalViolation(own.notionalLimit, notional(held.is, line), position.symbol),
      notionalViolation(whole.notionalLimit, underlyingNotional(after, line), underlying.symbol),
    ].filter((violation) => violation !== undefined);
  });
}

type SymbolRules = ReturnType<EffectiveRules['symbol']>;

function isUnlimited({ closingOnly, positionLimit, notionalLimit }: SymbolRules): boolean {
  return closingOnly === null && positionLimit === null && notionalLimit === null;
}

function closingOnlyViolation(
  { closingOnly }: SymbolRules,
  { was, is }: { readonly was: Decimal; readonly is: Decimal },
  subject: string,
): Violation | undefined {
  const closes = is.isZero() || (is.isPositive() === was.isPositive() && is.abs().lte(was.abs()));
  if (closingOnly === null || closes) return undefined;
  const detail = 'The symbol is restricted: only orders that close a position are taken.';
  // What is opened is new, however much was held the other way.
  const excess = is.abs().toNumber();
  return { code: 'restricted.closing_only', subject, ruleId: closingOnly.ruleId, detail, excess, isMoney: false };
}

function positionViolation({ positionLimit }: SymbolRules, is: Decimal, subject: string): Violation | undefined {
  if (positionLimit === null) return undefined;
  const excess = is.abs().minus(positionLimit.value).toNumber();
  if (excess <= 0) return undefined;
  const detail = 'The position would be larger than the house allows in this symbol.';
  return { code: 'limit.position', subject, ruleId: positionLimit.ruleId, detail, excess, isMoney: false };
}

function notionalViolation(limit: SymbolRules['notionalLimit'], is: number, subject: string): Violation | undefined {
  if (limit === null || is <= limit.value) return undefined;
  const detail = 'Positions in this symbol would be worth more than the house allows.';
  return { code: 'limit.notional', subject, ruleId: limit.ruleId, detail, excess: is - limit.value, isMoney: true };
}

function groupOf({ classGroups }: AccountMargin, { underlying }: Holding): ClassGroup | undefined {
  return classGroups.get(underlying.classGroup);
}

const ZERO = new Decimal(0);

function quantityOf(margin: AccountMargin, line: Holding): Decimal {
  const { symbol } = line.position;
  const held = groupOf(margin, line)?.holdings.get(symbol) ?? margin.strategyPositions.get(symbol);
  return held?.position.quantity ?? ZERO;
}

function underlyingNotional(margin: AccountMargin, line: Holding): number {
  const group = groupOf(margin, line);
  return group === undefined ? 0 : notionalOf(group.notionals, line.underlying.symbol);
}

import { daysBetween, type Market, type ProductClass, type Underlying } from '@app/market';
import type { AccountRules, ClassRules } from '@app/rules';
import { type Gaps, marginGap } from './gap.js';
import type { Range } from './scenario.js';

/** What a class group's points depend on beside the rules: facts of what it is named after. */
export interface ClassFacts {
  /** The range in force: on the days around earnings a multiple of it, and down to the fall in market value a house names. */
  readonly range: Range;
  /** True where facts widen it: it is the house's own even where its numbers are the rule book's. */
  readonly isWidened: boolean;
  /** Null where no rule asks for it. */
  readonly beta: number | null;
}

/**
 * The facts rules ask for, or those of them that nobody has said. Earnings and market capitalisation are a company's:
 * rules about them do not bind indices and funds.
 */
export function classFacts(
  classGroup: string,
  productClass: ProductClass,
  numbers: ClassRules,
  account: AccountRules,
  market: Market,
): ClassFacts | Gaps {
  const named = market.instrument(classGroup);
  const lead = named?.kind === 'UNDERLYING' ? named : undefined;
  const isCompany = productClass === 'EQUITY' && (lead === undefined || lead.type === 'EQUITY');
  const gaps: Gaps[number][] = [];
  const fact = <F extends 'beta' | 'marketCap' | 'earningsDate'>(name: F, code: FactCode): Underlying[F] | null => {
    const value = lead?.[name] ?? null;
    if (value === null) gaps.push(marginGap(code, classGroup));
    return value;
  };
  const { earnings, marketCapDrop } = numbers;
  const date = isCompany && earnings !== null ? fact('earningsDate', 'fact.earnings_date') : null;
  const cap = isCompany && marketCapDrop !== null ? fact('marketCap', 'fact.market_cap') : null;
  const beta = account.betaStress.length > 0 ? fact('beta', 'fact.beta') : null;
  if (gaps.length > 0) return gaps;
  const near = date !== null && isNear(date, market, earnings!) ? widened(numbers, earnings!.multiplier) : numbers;
  const fall = cap === null ? 0 : -Math.min(1, marketCapDrop! / cap);
  const range = { down: Math.min(near.down, fall), up: near.up };
  return { range, isWidened: range.down < numbers.down || range.up > numbers.up, beta };
}

type FactCode = 'fact.beta' | 'fact.market_cap' | 'fact.earnings_date';

/** Calendar days: from so many before the announcement to so many after. */
function isNear(date: string, { valuationDate }: Market, earnings: NonNullable<ClassRules['earnings']>): boolean {
  const days = daysBetween(valuationDate, date);
  return days <= earnings.daysBefore && -days <= earnings.daysAfter;
}

/** Twelve decimals take −0.15 × 1.2 to −0.18. */
function widened({ down, up }: Range, multiplier: number): Range {
  const times = (end: number): number => Number((end * multiplier).toFixed(12));
  return { down: Math.max(-1, times(down)), up: times(up) };
}

/** An index has no shares, and its options deliver cash. */
export function hasShares({ type }: Pick<Underlying, 'type'>): boolean {
  return type === 'EQUITY' || type === 'ETF';
}

/** What the numbers in force ask of an underlying and nobody has said. */
export function missingFacts(underlying: Underlying, { sharesOutstanding, daysVolume }: ClassRules): Gaps {
  if (!hasShares(underlying)) return [];
  const gaps: Gaps[number][] = [];
  if (sharesOutstanding !== null && underlying.sharesOutstanding === null) {
    gaps.push(marginGap('fact.shares_outstanding', underlying.symbol));
  }
  if (daysVolume !== null && underlying.averageDailyVolume === null) {
    gaps.push(marginGap('fact.average_daily_volume', underlying.symbol));
  }
  return gaps;
}

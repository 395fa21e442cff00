import { daysBetween, type Market, type ProductClass, type Underlying } from '@app/market';
import type { AccountRules, ClassRules } from '@app/rules';
import { type Gaps, marginGap } from './gap.js';
import type { Range } from './scenario.js';

/** What a class group's points depend on beside the rules: facts of what it is named after. */
export interface ClassFacts {
  /** The range in force, on the days around earnings a multiple of it. */
  readonly range: Range;
  /** True around earnings: the range is the house's own even where its ends are the rule book's. */
  readonly isWidened: boolean;
  /** Price move of a fall in market value by the sum a house names; null where none is named. */
  readonly marketCapMove: number | null;
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
  const isWidened = date !== null && isNear(date, market, earnings!);
  return {
    range: isWidened ? widened(numbers, earnings!.multiplier) : numbers,
    isWidened,
    marketCapMove: cap === null ? null : -Math.min(1, marketCapDrop! / cap),
    beta,
  };
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

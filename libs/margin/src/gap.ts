import type { MarketGap, MarketGapCode } from '@app/market';

/** Why there is no answer: what the market lacks, and what margin itself cannot take. A closed list. */
export type MarginGapCode =
  | MarketGapCode
  | 'underlying.unknown'
  | 'index.not_tradable'
  | 'class_group.inconsistent'
  | 'value.not_computable'
  | 'amount.too_large'
  | 'strategy.rate_unknown'
  | 'fact.beta'
  | 'fact.market_cap'
  | 'fact.earnings_date'
  | 'fact.shares_outstanding'
  | 'fact.average_daily_volume'
  | 'order.net_price_ambiguous';

export interface MarginGap {
  readonly code: MarginGapCode;
  /** Null where it concerns the account as a whole. */
  readonly symbol: string | null;
  /** A sentence for a trader; without the symbol or any other input. */
  readonly detail: string;
}

/** Everything that is missing to know an answer, never just the first. */
export type Gaps = readonly (MarginGap | MarketGap)[];

const DETAIL: Readonly<Record<Exclude<MarginGapCode, MarketGapCode>, string>> = {
  'underlying.unknown': 'The market does not have the underlying of this contract.',
  'index.not_tradable': 'An index cannot be held or traded; its options, futures and funds can.',
  'class_group.inconsistent':
    'Underlyings of one class group are of different product classes or groups above it, so its rules are not known.',
  'value.not_computable': 'The theoretical value at some valuation point is not a number.',
  'amount.too_large': 'The amounts are too large to be added up exactly.',
  'strategy.rate_unknown':
    'The model does not margin this security, and what it would be margined by is not known: of a bond its issuer and maturity.',
  'fact.beta': 'A house rule needs the beta of this class group, and the market does not say it.',
  'fact.market_cap':
    'A house rule needs the market capitalization of this class group, and the market does not say it.',
  'fact.earnings_date': 'A house rule needs the date of earnings of this class group, and the market does not say it.',
  'fact.shares_outstanding': 'A house rule needs the shares outstanding, and the market does not say them.',
  'fact.average_daily_volume': 'A house rule needs the average daily volume, and the market does not say it.',
  'order.net_price_ambiguous':
    'A net price needs option legs of one contract size and no future: send the legs as separate orders, each with its price.',
};

export function marginGap(code: keyof typeof DETAIL, symbol: string | null): MarginGap {
  return { code, symbol, detail: DETAIL[code] };
}

export function isGaps(value: object): value is Gaps {
  return Array.isArray(value);
}

import type { MarketGap, MarketGapCode } from '@app/market';

/** Why there is no strategy-based answer: what the market lacks, and what these rules cannot take. A closed list. */
export type RegTGapCode =
  | MarketGapCode
  | 'underlying.unknown'
  | 'index.not_tradable'
  | 'future.not_in_margin_account'
  | 'value.not_computable'
  | 'amount.too_large'
  | 'order.net_price_ambiguous';

export interface RegTGap {
  readonly code: RegTGapCode;
  /** Null where it concerns the account as a whole. */
  readonly symbol: string | null;
  /** A sentence for a trader; without the symbol or any other input. */
  readonly detail: string;
}

/** Everything that is missing to know an answer, never just the first. */
export type RegTGaps = readonly (RegTGap | MarketGap)[];

const DETAIL: Readonly<Record<Exclude<RegTGapCode, MarketGapCode>, string>> = {
  'underlying.unknown': 'The market does not have the underlying of this contract.',
  'index.not_tradable': 'An index cannot be held or traded; its options and funds can.',
  'future.not_in_margin_account': 'A future is not carried in a margin account under Regulation T.',
  'value.not_computable': 'The theoretical value of this option is not a number.',
  'amount.too_large': 'The amount is too large to be exact to the cent.',
  'order.net_price_ambiguous':
    'A net price needs option legs of one contract size: send the legs as separate orders, each with its price.',
};

export function regTGap(code: keyof typeof DETAIL, symbol: string | null): RegTGap {
  return { code, symbol, detail: DETAIL[code] };
}

export function isRegTGaps(value: object): value is RegTGaps {
  return Array.isArray(value);
}

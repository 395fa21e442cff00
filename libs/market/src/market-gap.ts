/** Why something cannot be computed on a market: a closed list, so that every caller can answer each of them. */
export type MarketGapCode =
  | 'symbol.unknown'
  | 'price.missing'
  | 'price.stale'
  | 'volatility.missing'
  | 'volatility.fallback'
  | 'option.expired'
  | 'deliverable.unknown'
  | 'forward.missing'
  | 'rates.missing'
  | 'future.expired';

export interface MarketGap {
  readonly code: MarketGapCode;
  readonly symbol: string;
  /** A sentence for a trader; without the symbol or any other input. */
  readonly detail: string;
}

const DETAIL: Readonly<Record<MarketGapCode, string>> = {
  'symbol.unknown': 'The market has no such instrument.',
  'price.missing': 'The market has no price for this instrument.',
  'price.stale': 'The price is of an earlier day than the market; an old price is never used.',
  'volatility.missing': 'No volatility is known for this option and none follows from its price.',
  'volatility.fallback': "The option's own price gives no volatility and this account accepts no substitute.",
  'option.expired': 'The option expired before the valuation date.',
  'deliverable.unknown': 'An adjusted contract: what it delivers is not known, so it cannot be valued.',
  'forward.missing': 'Options on a volatility index are valued on a forward to their own expiry, and none is known.',
  'rates.missing': 'The market has no interest rates.',
  'future.expired': 'The future expired before the valuation date.',
};

export function marketGap(code: MarketGapCode, symbol: string): MarketGap {
  return { code, symbol, detail: DETAIL[code] };
}

/** Each gap of each symbol once, in the order met: what two calculations miss alike is missing once. */
export function distinctGaps<T extends { readonly code: string; readonly symbol: string | null }>(
  gaps: readonly T[],
): readonly T[] {
  return [...new Map(gaps.map((gap) => [`${gap.code} ${gap.symbol}`, gap])).values()];
}

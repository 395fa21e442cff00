import type { Holding } from '@app/margin';
import type { Option, QuoteFlag, VolatilitySource } from '@app/market';
import type { FlagDto } from './what-if-reply.dto.js';

const QUOTE_DETAIL: Readonly<Partial<Record<QuoteFlag, string>>> = {
  NO_BID: 'There is no bid: the mark is half the ask.',
  CROSSED: 'The bid is above the ask: the mark is between them.',
  BELOW_INTRINSIC: 'The ask is below intrinsic value: the quote is probably old.',
  PARITY_BREAK: 'Call and put of this strike contradict each other: one of the two quotes is probably old.',
};

const VOLATILITY_DETAIL: Readonly<Partial<Record<VolatilitySource, string>>> = {
  NEIGHBOUR_STRIKE: 'The price gives no volatility: that of the nearest strike stands in.',
  PARITY_PARTNER: 'The price gives no volatility: that of the call or put of the same strike stands in.',
  FLOOR: 'The price gives no volatility and neither does a neighbour: the floor of 1 % stands in.',
};

/** What is doubtful about the quotes of some holdings, each once. */
export function quoteFlags(holdings: readonly Pick<Holding, 'mark'>[]): FlagDto[] {
  const options = holdings.map(({ mark }) => mark.instrument).filter((instrument) => instrument.kind === 'OPTION');
  return [...new Map(options.map((option) => [option.symbol, option])).values()].flatMap(optionFlags);
}

function optionFlags({ symbol, flags, volatilitySource }: Option): FlagDto[] {
  const quote = flags.flatMap((flag) => {
    const detail = QUOTE_DETAIL[flag];
    return detail === undefined ? [] : [{ symbol, code: `quote.${flag.toLowerCase()}`, detail }];
  });
  const detail = volatilitySource === null ? undefined : VOLATILITY_DETAIL[volatilitySource];
  return detail === undefined
    ? quote
    : [...quote, { symbol, code: `volatility.${volatilitySource!.toLowerCase()}`, detail }];
}

import type { Holding } from '@app/margin';
import { forwardOf, type Option, type QuoteFlag, type Underlying, type VolatilitySource } from '@app/market';
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
export function quoteFlags(holdings: readonly Pick<Holding, 'mark' | 'underlying'>[]): FlagDto[] {
  const options = holdings.flatMap(({ mark: { instrument }, underlying }) =>
    instrument.kind === 'OPTION' ? [{ option: instrument, underlying }] : [],
  );
  const distinct = new Map(options.map((entry) => [entry.option.symbol, entry]));
  return [...distinct.values()].flatMap(({ option, underlying }) => [
    ...optionFlags(option),
    ...forwardFlags(option, underlying),
  ]);
}

function forwardFlags(option: Option, underlying: Underlying): FlagDto[] {
  const forward = forwardOf(option, underlying);
  if (forward?.source !== 'PARITY_IMPLIED') return [];
  const detail = `No yield is known: it is carried at the forward that ${forward.pairs} pairs of calls and puts of its expiry imply.`;
  return [{ symbol: option.symbol, code: 'forward.parity_implied', detail }];
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

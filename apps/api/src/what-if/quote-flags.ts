import type { Holding } from '@app/margin';
import { type Forward, forwardOf, type Option, type QuoteFlag, type VolatilitySource } from '@app/market';
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
  const options = new Map<string, Option>();
  const forwards = new Map<string, FlagDto>();
  for (const { mark, underlying } of holdings) {
    const { instrument } = mark;
    if (instrument.kind !== 'OPTION') continue;
    options.set(instrument.symbol, instrument);
    const forward = forwardOf(instrument, underlying);
    // One for all options of an expiry: they share it.
    if (forward?.source === 'PARITY_IMPLIED') {
      forwards.set(`${underlying.symbol} ${forward.root} ${forward.expiry}`, forwardFlag(underlying.symbol, forward));
    }
  }
  return [...[...options.values()].flatMap(optionFlags), ...forwards.values()];
}

function forwardFlag(symbol: string, { root, expiry, pairs }: Forward): FlagDto {
  const detail =
    `No yield is known: options of the root ${root} that expire on ${expiry} are carried at the forward that ` +
    `${pairs} pairs of calls and puts imply.`;
  return { symbol, code: 'forward.parity_implied', detail };
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

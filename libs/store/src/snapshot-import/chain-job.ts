import { Decimal } from 'decimal.js';
import type { MarketTerms, Option, Underlying } from '@app/market';
import { optionChain, osiSymbol } from '@app/market';
import { type OptionTally, optionTally } from './option-tally.js';
import { optionLine } from './option-line.js';

/** A contract with its quote as text, fit for any message between threads. */
export type QuotedLine = readonly [
  symbol: string,
  exercise: Option['exercise'],
  multiplier: string,
  adjusted: boolean,
  bid: string | null,
  ask: string | null,
];

/** Contracts of one underlying that know each other: all of an expiry are in one job. */
export interface ChainJob {
  /** Its price is text: a Decimal would lose its methods between threads. */
  readonly underlying: Omit<Underlying, 'price'> & { readonly price: string | null };
  readonly market: MarketTerms;
  readonly contracts: readonly QuotedLine[];
}

export interface ChainResult {
  /** The options as lines of COPY's text format, in the job's order. */
  readonly lines: string;
  readonly tally: OptionTally;
}

/** Marks, flags and volatilities of a job's contracts. */
export function chainResult({ underlying, market, contracts }: ChainJob): ChainResult {
  const chain = contracts.map((line) => quotedContract(line, underlying.symbol));
  const options = optionChain(chain, { ...underlying, price: decimal(underlying.price) }, market);
  const lines = options.map((option, i) => optionLine(option, chain[i].quote)).join('');
  return { lines, tally: optionTally(options) };
}

function quotedContract([symbol, exercise, multiplier, adjusted, bid, ask]: QuotedLine, underlying: string) {
  // Only symbols that parse are staged.
  const { right, expiry, strike } = osiSymbol(symbol)!;
  const contract = {
    symbol,
    underlying,
    right,
    expiry,
    strike,
    exercise,
    adjusted,
    multiplier: new Decimal(multiplier),
  };
  return {
    contract: { kind: 'OPTION', ...contract } as const,
    quote: { bid: decimal(bid), ask: decimal(ask) },
  };
}

function decimal(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text);
}

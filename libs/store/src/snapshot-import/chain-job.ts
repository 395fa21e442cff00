import { Decimal } from 'decimal.js';
import {
  deliverableOf,
  type Forward,
  markedContracts,
  type MarketTerms,
  missingForward,
  type Option,
  optionChain,
  type OptionForm,
  osiSymbol,
  parityForward,
  type QuotedContract,
  type Underlying,
} from '@app/market';
import { optionLine } from './option-line.js';
import { type OptionTally, optionTally } from './option-tally.js';
import { groupedBy } from './unique-rows.js';

/** A contract with its quote as text, fit for any message between threads. */
export type QuotedLine = readonly [
  symbol: string,
  exercise: Option['exercise'],
  multiplier: string,
  adjusted: boolean,
  bid: string | null,
  ask: string | null,
  // Absent where the symbol says them.
  terms?: readonly [right: Option['right'], expiry: string, strike: number],
];

/** Contracts that are valued on one thing and know each other: all of an expiry are in one job. */
export interface ChainJob {
  /** What they are valued on. Its price is text: a Decimal would lose its methods between threads. */
  readonly underlying: Omit<Underlying, 'price'> & { readonly price: string | null };
  /** What they are written on, where that is something else: a future, or the share a merger adjusted. */
  readonly listedUnder?: string;
  readonly form: OptionForm;
  readonly deliverable: string | null;
  readonly market: MarketTerms;
  /** True where the chain itself has to say what carries the underlying to its expiries. */
  readonly impliesForwards: boolean;
  readonly contracts: readonly QuotedLine[];
}

export interface ChainResult {
  /** The options as lines of COPY's text format, in the job's order. */
  readonly lines: string;
  readonly tally: OptionTally;
  /** Implied by the job's own contracts. */
  readonly forwards: readonly Forward[];
}

/** Marks, flags and volatilities of a job's contracts. */
export function chainResult(job: ChainJob): ChainResult {
  const chain = job.contracts.map((line) => quotedContract(line, job));
  const stated: Underlying = { ...job.underlying, price: decimal(job.underlying.price) };
  const implied = job.impliesForwards ? impliedForwards(chain, stated, job.market) : [];
  const on = implied.length === 0 ? stated : { ...stated, forwards: [...stated.forwards, ...implied] };
  const options = optionChain(chain, on, job.market);
  const lines = options.map((option, i) => optionLine(option, chain[i].quote)).join('');
  return { lines, tally: optionTally(options), forwards: implied };
}

/** One for each root and expiry: the first twelve characters of a symbol. */
function impliedForwards(
  chain: readonly QuotedContract[],
  underlying: Underlying,
  market: MarketTerms,
): readonly Forward[] {
  const series = groupedBy(chain, ({ contract }) => contract.symbol.slice(0, 12));
  return [...series.values()].flatMap((contracts) =>
    missingForward(underlying, parityForward(markedContracts(contracts), market)),
  );
}

export function quotedContract(
  [symbol, exercise, multiplier, adjusted, bid, ask, terms]: QuotedLine,
  { form, deliverable, underlying, listedUnder = underlying.symbol }: ContractGroup,
): QuotedContract {
  // Only symbols that parse are staged.
  const { right, expiry, strike } = terms === undefined ? osiSymbol(symbol)! : termsOf(terms);
  return {
    contract: {
      ...{ kind: 'OPTION', form, symbol, underlying: listedUnder, right, expiry, strike, exercise, adjusted },
      multiplier: new Decimal(multiplier),
      deliverable: deliverable === null ? null : (deliverableOf(deliverable) ?? null),
    },
    quote: { bid: decimal(bid), ask: decimal(ask) },
  };
}

type ContractGroup = Pick<ChainJob, 'form' | 'deliverable' | 'listedUnder'> & {
  readonly underlying: Pick<Underlying, 'symbol'>;
};

function termsOf([right, expiry, strike]: NonNullable<QuotedLine[6]>) {
  return { right, expiry, strike };
}

function decimal(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text);
}

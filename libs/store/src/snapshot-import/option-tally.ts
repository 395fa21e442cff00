import type { Option, QuoteFlag, VolatilitySource } from '@app/market';

/** How many options have which flag, and whence their volatility. */
export interface OptionTally {
  /** Options per flag; one can have several. */
  readonly flags: Readonly<Partial<Record<QuoteFlag, number>>>;
  readonly flaggedContracts: number;
  /** Options per source of their volatility; NONE has none. */
  readonly volatilities: Readonly<Partial<Record<VolatilitySource | 'NONE', number>>>;
}

export const NO_OPTIONS: OptionTally = { flags: {}, flaggedContracts: 0, volatilities: {} };

export function optionTally(options: readonly Option[]): OptionTally {
  return {
    flags: counts(options.flatMap(({ flags }) => flags)),
    flaggedContracts: options.filter(({ flags }) => flags.length > 0).length,
    volatilities: counts(options.map(({ volatilitySource }) => volatilitySource ?? 'NONE')),
  };
}

export function sumOfTallies(a: OptionTally, b: OptionTally): OptionTally {
  return {
    flags: sum(a.flags, b.flags),
    flaggedContracts: a.flaggedContracts + b.flaggedContracts,
    volatilities: sum(a.volatilities, b.volatilities),
  };
}

type Counts<Word extends string> = Readonly<Partial<Record<Word, number>>>;

function counts<Word extends string>(words: readonly Word[]): Counts<Word> {
  const result: Partial<Record<Word, number>> = {};
  for (const word of words) result[word] = (result[word] ?? 0) + 1;
  return result;
}

function sum<Word extends string>(a: Counts<Word>, b: Counts<Word>): Counts<Word> {
  const words = [...new Set([...Object.keys(a), ...Object.keys(b)] as Word[])].sort();
  return Object.fromEntries(words.map((word) => [word, (a[word] ?? 0) + (b[word] ?? 0)])) as Counts<Word>;
}

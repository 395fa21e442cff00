import type { Forward } from '@app/market';

/** A forward that a chain implies, for people who read a report. */
export interface ImpliedForward extends Pick<Forward, 'expiry' | 'root' | 'forward' | 'pairs'> {
  readonly symbol: string;
}

/** Those of every underlying, in the order of symbols, roots and expiries: never silently used. */
export function impliedForwards(forwards: ReadonlyMap<string, readonly Forward[]>): readonly ImpliedForward[] {
  const implied = [...forwards].flatMap(([symbol, known]) =>
    known
      .filter(({ source }) => source === 'PARITY_IMPLIED')
      .map(({ expiry, root, forward, pairs }) => ({ symbol, root, expiry, forward, pairs })),
  );
  const key = ({ symbol, root, expiry }: ImpliedForward): string => `${symbol} ${root} ${expiry}`;
  return implied.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

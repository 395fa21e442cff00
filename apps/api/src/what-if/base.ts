import { accountMargin, isGaps } from '@app/margin';
import { type ProgramSolver, regTMargin } from '@app/reg-t';
import type { EffectiveRules, HouseRule } from '@app/rules';
import type { StoredAccount } from '@app/store';
import type { HoldContext } from './account-holds.js';
import { type PairingSolver, regTContext } from './reg-t-context.js';
import type { PortfolioMarginBase, RegTBase } from './regimes.js';
import { loadRuleSymbols, rulesOn } from './rules-in-force.js';
import type { SnapshotValuation } from './valuations.js';

/** An account as one version of it stands on one snapshot under one set of rules: what every question starts from. */
export interface Base {
  readonly account: StoredAccount;
  readonly market: SnapshotValuation['market'];
  readonly snapshotId: string;
  /** The rules in force for it, house rules included. */
  readonly rules: () => EffectiveRules;
  /** The margin now under a regime, or what is missing to know it; computed when first asked for. */
  readonly portfolioMargin: () => Required<Omit<PortfolioMarginBase, 'hold'>>;
  readonly regT: () => Promise<Required<Omit<RegTBase, 'working'>>>;
  /** Reads what orders need beyond the account's own positions. */
  load(symbols: readonly string[]): Promise<void>;
  /** Whether all of that has been read. */
  isLoaded(symbols: readonly string[]): boolean;
}

/** Reads what the account's positions and its rules are to be judged by. `rulesOf`: other rules than those of the market's own day. */
export async function baseOn(
  account: StoredAccount,
  { market, valuation }: SnapshotValuation,
  houseRules: readonly HouseRule[],
  solver: PairingSolver,
  rulesOf: typeof rulesOn = rulesOn,
): Promise<Base> {
  await market.load(account.positions.map(({ symbol }) => symbol));
  await loadRuleSymbols(market, houseRules);
  const rules = (): EffectiveRules => rulesOf(market, houseRules);
  const regT = once((programs: ProgramSolver) => {
    const context = regTContext(market, programs);
    return { context, before: regTMargin(account, context) };
  });
  return {
    account,
    market,
    snapshotId: market.snapshotId,
    rules,
    portfolioMargin: once(() => {
      const context = { valuation, rules: rules(), strictVolatility: account.strictVolatility };
      return { context, before: accountMargin(account, context) };
    }),
    regT: async () => regT(await solver.load()),
    load: (symbols) => market.load(symbols),
    isLoaded: (symbols) => symbols.every((symbol) => market.instrument(symbol) !== undefined),
  };
}

/** Whether the margin of the positions is known: what working orders hold can be told only beside it. */
export function isKnown(
  beside: ReturnType<Base['portfolioMargin']>,
): beside is ReturnType<Base['portfolioMargin']> & HoldContext {
  return !isGaps(beside.before);
}

/** Computed at the first call. A failure is not kept. */
function once<A extends readonly unknown[], T>(compute: (...given: A) => T): (...given: A) => T {
  let known: { readonly value: T } | undefined;
  return (...given) => (known ??= { value: compute(...given) }).value;
}

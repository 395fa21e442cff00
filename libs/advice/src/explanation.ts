import { accountMargin, type Gaps, type Hold, isGaps, marginWithHold, valuation } from '@app/margin';
import { distinctGaps, type Market } from '@app/market';
import { type Cents, netPositions, type Portfolio } from '@app/portfolio';
import type { EffectiveRules } from '@app/rules';
import { hybridMarket } from './hybrid-market.js';

/** An account at one time, under whichever regime. */
export interface MovedState<Rules = unknown, Held = unknown> {
  readonly portfolio: Portfolio;
  readonly market: Market;
  readonly rules: Rules;
  /** What working orders hold. */
  readonly hold: Held;
}

/** An account under portfolio margin at one time. */
export interface AccountState extends MovedState<EffectiveRules, Hold> {
  readonly strictVolatility: boolean;
}

export type Cause = 'POSITIONS' | 'TIME' | 'PRICES' | 'VOLATILITIES' | 'REST_OF_MARKET' | 'RULES' | 'HOLDS';

interface MissingPart {
  readonly code: string;
  readonly symbol: string | null;
}

export interface Amounts {
  readonly requirement: Cents;
  readonly equity: Cents;
}

export interface Explanation {
  readonly from: Amounts;
  readonly to: Amounts;
  /** In the order they were changed in; they add up to `to` less `from`. */
  readonly causes: readonly (Amounts & { readonly cause: Cause })[];
}

/**
 * Why an account's requirement and equity changed: everything is moved from the earlier state to the later one, one
 * cause after another, and each has what changed with it. First what is not held any more goes, then the market moves
 * under what is held at both times, then the rules change, and what was added comes: so nothing is ever priced on a
 * market that does not know it.
 */
export function explanation(from: AccountState, to: AccountState): Explanation | Gaps {
  return explained(from, to, amountsOf);
}

/** The same under any regime: `amounts` says what an account requires in a state, or what is missing to know it. */
export function explained<S extends MovedState, G extends MissingPart>(
  from: S,
  to: S,
  amounts: (state: S) => Amounts | readonly G[],
): Explanation | readonly G[] {
  const kept = keptPortfolio(from.portfolio, to.portfolio);
  const onTheWay = (time: boolean, prices: boolean, volatilities: boolean): Market =>
    hybridMarket(from.market, to.market, { time, prices, volatilities });
  const states: readonly (readonly [Cause, S])[] = [
    ['POSITIONS', { ...from, portfolio: kept }],
    ['TIME', { ...from, portfolio: kept, market: onTheWay(true, false, false) }],
    ['PRICES', { ...from, portfolio: kept, market: onTheWay(true, true, false) }],
    ['VOLATILITIES', { ...from, portfolio: kept, market: onTheWay(true, true, true) }],
    ['REST_OF_MARKET', { ...from, portfolio: kept, market: to.market }],
    ['RULES', { ...to, portfolio: kept, hold: from.hold }],
    ['POSITIONS', { ...to, hold: from.hold }],
    ['HOLDS', to],
  ];
  const each = [from, ...states.map(([, state]) => state)].map(amounts);
  const gaps = each.filter((found) => Array.isArray(found)).flat() as G[];
  if (gaps.length > 0) return distinctGaps(gaps);
  const known = each as Amounts[];
  const changes = new Map<Cause, Amounts>();
  states.forEach(([cause], i) => {
    const { requirement, equity } = changes.get(cause) ?? { requirement: 0, equity: 0 };
    changes.set(cause, {
      requirement: requirement + known[i + 1].requirement - known[i].requirement,
      equity: equity + known[i + 1].equity - known[i].equity,
    });
  });
  return {
    from: known[0],
    to: known[known.length - 1],
    causes: [...changes].map(([cause, change]) => ({ cause, ...change })),
  };
}

/** What is held at both times, as much as at the earlier one. */
function keptPortfolio({ cash, positions }: Portfolio, later: Portfolio): Portfolio {
  const symbols = new Set(netPositions(later.positions).map(({ symbol }) => symbol));
  return { cash, positions: positions.filter(({ symbol }) => symbols.has(symbol)) };
}

function amountsOf({ portfolio, market, rules, strictVolatility, hold }: AccountState): Amounts | Gaps {
  const context = { valuation: valuation(market), rules, strictVolatility };
  const alone = accountMargin(portfolio, context);
  const margin = isGaps(alone) ? alone : marginWithHold(alone, hold, context);
  return isGaps(margin) ? margin : { requirement: margin.requirement, equity: margin.equity };
}

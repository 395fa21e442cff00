import { chainVolatilities } from './chain-volatilities.js';
import { exchangeDate, isAfterClose } from './exchange-time.js';
import type { Future, Instrument, Option, Underlying } from './instrument.js';
import { deliverableName } from './deliverable.js';
import type { Market, ZeroRate } from './market.js';
import { isBasis, optionBasis } from './option-basis.js';
import { withForwards } from './with-forwards.js';

/** Prices somebody states, in any order. */
export interface GivenPrices {
  /** RFC 3339 UTC. */
  readonly asOf: string;
  readonly rates: readonly ZeroRate[];
  readonly underlyings: readonly Underlying[];
  /** An option with a price and no volatility gets the volatility its price implies when it is first asked for. */
  readonly options: readonly Option[];
  readonly futures: readonly Future[];
}

/** A market that is not a stored snapshot. Work is done for the instruments a calculation asks for, not for all given. */
export function givenMarket(prices: GivenPrices): Market {
  const terms = {
    valuationDate: exchangeDate(prices.asOf),
    afterClose: isAfterClose(prices.asOf),
    rates: prices.rates.toSorted((a, b) => a.days - b.days),
  };
  const underlyings = prices.underlyings.map((underlying) => withForwards(underlying, prices, terms));
  const instruments = new Map<string, Instrument>(
    [...underlyings, ...prices.options, ...prices.futures].map((instrument) => [instrument.symbol, instrument]),
  );
  const solved = new Map<string, Option>();
  const withVolatility = (option: Option): Option => {
    if (option.impliedVolatility !== null || option.price === null) return option;
    const basis = optionBasis(option, { ...terms, instrument: (symbol) => instruments.get(symbol) });
    if (!isBasis(basis)) return option;
    const known = solved.get(option.symbol) ?? impliedFromPrice(option, basis.on, prices.options, terms);
    solved.set(option.symbol, known);
    return known;
  };
  return {
    snapshotId: null,
    asOf: prices.asOf,
    ...terms,
    instrument(symbol) {
      const instrument = instruments.get(symbol);
      return instrument?.kind === 'OPTION' ? withVolatility(instrument) : instrument;
    },
  };
}

/**
 * Its own price first; where that has no solution, the nearest strikes of its expiry, more and more of them until one
 * has. Those left out are farther away, so the answer is that of the whole expiry, which can have thousands of strikes.
 */
function impliedFromPrice(
  option: Option,
  underlying: Underlying,
  options: readonly Option[],
  terms: Pick<Market, 'valuationDate' | 'afterClose' | 'rates'>,
): Option {
  const [alone] = chainVolatilities([option], underlying, terms);
  if (alone === null || alone.source === 'SOLVED') return withSolution(option, alone);
  const expiry = options
    .filter((other) => isOfOneSeries(other, option))
    .sort((a, b) => Math.abs(a.strike - option.strike) - Math.abs(b.strike - option.strike) || a.strike - b.strike);
  for (let nearest = 8; ; nearest *= 4) {
    const chain = [option, ...expiry.slice(0, nearest).filter((other) => other !== option)];
    const [solution] = chainVolatilities(chain, underlying, terms);
    // The call or put of the same strike stands in only where no strike of the same right does.
    if (solution === null || solution.source === 'NEIGHBOUR_STRIKE' || nearest >= expiry.length) {
      return withSolution(option, solution);
    }
  }
}

/** Alike in what they deliver and when, so that a volatility of one may stand in for the other's. */
function isOfOneSeries(a: Option, b: Option): boolean {
  if (a.underlying !== b.underlying || a.expiry !== b.expiry || a.adjusted !== b.adjusted) return false;
  const names = [a, b].map(({ deliverable }) => (deliverable === null ? '' : deliverableName(deliverable)));
  return names[0] === names[1];
}

function withSolution(option: Option, solution: ReturnType<typeof chainVolatilities>[number]): Option {
  return solution === null
    ? option
    : { ...option, impliedVolatility: solution.volatilityAnnual, volatilitySource: solution.source };
}

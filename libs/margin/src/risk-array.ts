import { Decimal } from 'decimal.js';
import {
  type Future,
  type Instrument,
  type Market,
  isBasis,
  marketGap,
  type Option,
  optionBasis,
  type OptionBasis,
  optionTerms,
  type Underlying,
  underlyingOf,
  underlyingPrice,
} from '@app/market';
import { mark, type Mark } from '@app/portfolio';
import { type OptionTerms, optionValues } from '@app/pricing';
import { type Gaps, isGaps, marginGap } from './gap.js';
import type { ScenarioGrid, ValuationPoint } from './scenario.js';

/** What one unit of an instrument is worth at every valuation point of a grid, per share or point of the underlying. */
export interface RiskArray {
  readonly instrument: Instrument;
  readonly underlying: Underlying;
  readonly mark: Mark;
  /** Dollars of the underlying as it is quoted; 0 where nobody quotes it. */
  readonly spot: number;
  /** Model value at the current price and volatility: the base that `pnl` is measured from. */
  readonly theoretical: number;
  /** Annual; null for what has no volatility. */
  readonly impliedVolatility: number | null;
  /** Model value at each point of the grid. */
  readonly values: Float64Array;
  /** `values` less `theoretical`: + is a gain to the holder of a long unit. */
  readonly pnl: Float64Array;
}

/**
 * Theoretical revaluation at constant volatility, no time passing (margin-model decisions: METHODOLOGY.md). What is
 * missing or unusable gives its gaps, never a number.
 */
export function riskArray(instrument: Instrument, market: Market, grid: ScenarioGrid): RiskArray | Gaps {
  const underlying = underlyingOf(instrument, market);
  if (underlying === undefined) return [marginGap('underlying.unknown', instrument.symbol)];
  switch (instrument.kind) {
    case 'UNDERLYING':
      return linearArray(instrument, underlying, underlyingPrice(underlying), grid);
    case 'FUTURE':
      return linearArray(instrument, underlying, futurePrice(instrument, market), grid);
    case 'OPTION':
      return optionArray(instrument, underlying, market, grid);
  }
}

/** A fund moves by its multiple of the index's move, and no further than to zero. */
function stressedPrice(price: number, { leverage }: Underlying, { priceMove }: ValuationPoint): number {
  return price * Math.max(0, 1 + leverage * priceMove);
}

function futurePrice(future: Future, market: Market): Decimal | Gaps {
  if (future.expiry < market.valuationDate) return [marketGap('future.expired', future.symbol)];
  return future.price ?? [marketGap('price.missing', future.symbol)];
}

/** Shares and futures gain and lose with the underlying, one for one. */
function linearArray(
  instrument: Underlying | Future,
  underlying: Underlying,
  price: Decimal | Gaps,
  grid: ScenarioGrid,
): RiskArray | Gaps {
  if (isGaps(price)) return price;
  const theoretical = price.toNumber();
  const values = Float64Array.from(grid.points, (point) => stressedPrice(theoretical, underlying, point));
  return completed({
    instrument,
    underlying,
    mark: mark(instrument, price),
    theoretical,
    impliedVolatility: null,
    values,
  });
}

function optionArray(option: Option, underlying: Underlying, market: Market, grid: ScenarioGrid): RiskArray | Gaps {
  const basis = optionBasis(option, market);
  if (!isBasis(basis)) return basis;
  const known = optionTerms(option, basis.on, market);
  if (basis.gaps.length > 0 || known.kind === 'GAPS') {
    return [...basis.gaps, ...(known.kind === 'GAPS' ? known.gaps : [])];
  }
  const { terms } = known;
  const { impliedVolatility } = option;
  if (impliedVolatility === null && terms.yearsToExpiry > 0) return [marketGap('volatility.missing', option.symbol)];
  const { theoretical, values } = modelValues(terms, basis, impliedVolatility ?? 0, grid);
  return completed({
    instrument: option,
    underlying,
    mark: optionMark(option, theoretical),
    ...{ theoretical, impliedVolatility, values },
  });
}

/** At its price, or where it has none at its theoretical value. */
export function optionMark(option: Option, theoretical: number): Mark {
  return mark(option, option.price ?? new Decimal(theoretical.toFixed(10)));
}

const NO_MOVE: ValuationPoint = { priceMove: 0, volMove: 0 };

/** Every part by its own multiple of the move; cash stays what it is. */
function stressedValue({ parts, cash }: OptionBasis, point: ValuationPoint): number {
  return parts.reduce((sum, { units, price, moves }) => sum + units * stressedPrice(price, moves, point), cash);
}

/**
 * The value at the current price, and at each point of the grid. Points of one volatility are valued together, the
 * current price with them: most of a model's work depends on the volatility, not on the spot.
 */
function modelValues(
  terms: OptionTerms,
  basis: OptionBasis,
  volatilityAnnual: number,
  { points }: ScenarioGrid,
): Pick<RiskArray, 'theoretical' | 'values'> {
  const values = new Float64Array(points.length);
  const spot = stressedValue(basis, NO_MOVE);
  let theoretical = NaN;
  for (const volMove of new Set([0, ...points.map((point) => point.volMove)])) {
    const indices = points.flatMap((point, index) => (point.volMove === volMove ? [index] : []));
    const spots = Float64Array.of(spot, ...indices.map((index) => stressedValue(basis, points[index])));
    const valued = new Float64Array(spots.length);
    optionValues(terms, spots, volatilityAnnual * (1 + volMove), valued);
    if (volMove === 0) theoretical = valued[0];
    indices.forEach((index, place) => {
      values[index] = valued[place + 1];
    });
  }
  return { theoretical, values };
}

function completed(array: Omit<RiskArray, 'pnl' | 'spot'>): RiskArray | Gaps {
  const made = withProfits(array);
  const finite = Number.isFinite(made.theoretical) && made.pnl.every((value) => Number.isFinite(value));
  return finite ? made : [marginGap('value.not_computable', made.instrument.symbol)];
}

/** A risk array with what follows from the rest of it. */
export function withProfits(array: Omit<RiskArray, 'pnl' | 'spot'>): RiskArray {
  const { underlying, theoretical, values } = array;
  const pnl = new Float64Array(values.length);
  for (let point = 0; point < values.length; point++) pnl[point] = values[point] - theoretical;
  return { ...array, spot: underlying.price?.toNumber() ?? 0, pnl };
}

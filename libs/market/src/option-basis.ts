import { Decimal } from 'decimal.js';
import { deliverableName } from './deliverable.js';
import type { DeclaredDividend, Deliverable, OptionContract, ProductClass, Underlying } from './instrument.js';
import { NO_FACTS } from './instrument.js';
import { type MarketGap, marketGap } from './market-gap.js';
import type { Market } from './market.js';
import { underlyingPrice } from './underlying-price.js';

/** Something that moves, in one of the units that a contract's multiplier counts. */
export interface BasisPart {
  readonly units: number;
  readonly price: number;
  /** Whose moves it makes: a future's are its index's. */
  readonly moves: Underlying;
}

/** What an option is valued on: parts that move, and cash that does not. */
export interface OptionBasis {
  /** All of it as one underlying: its price that of a unit, with the yield, dividends and forwards that carry it. */
  readonly on: Underlying;
  /** Empty where a price is missing. */
  readonly parts: readonly BasisPart[];
  /** Dollars a unit. */
  readonly cash: number;
  /** Prices that are missing; the terms of the option may be known all the same. */
  readonly gaps: readonly MarketGap[];
}

type Prices = Pick<Market, 'instrument' | 'valuationDate'>;

/**
 * A share, fund or index; the future of an option on one, at its own price; the basket that an adjusted contract
 * delivers, per unit of the multiplier, since strike × multiplier is what is paid for all of it. Of an adjusted contract
 * whose deliverable is not known it is what the contract is listed under, and its terms are a gap.
 */
export function optionBasis(option: OptionContract, market: Prices): OptionBasis | readonly MarketGap[] {
  if (option.deliverable !== null) return basketBasis(option.deliverable, option.multiplier.toNumber(), market);
  const held = market.instrument(option.underlying);
  if (held?.kind === 'FUTURE') {
    const index = market.instrument(held.underlying);
    if (index?.kind !== 'UNDERLYING') return [marketGap('symbol.unknown', held.underlying)];
    const isExpired = held.expiry < market.valuationDate;
    return futureBasis(option, index, isExpired ? marketGap('future.expired', held.symbol) : held.price, held.symbol);
  }
  if (held?.kind !== 'UNDERLYING') return [marketGap('symbol.unknown', option.underlying)];
  const price = underlyingPrice(held);
  if (!(price instanceof Decimal)) return { on: held, parts: [], cash: 0, gaps: price };
  return { on: held, parts: [{ units: 1, price: price.toNumber(), moves: held }], cash: 0, gaps: [] };
}

/** Black (1976): a future costs nothing to carry, so that its forward is its price and its yield the rate. */
function futureBasis(
  { expiry }: OptionContract,
  index: Underlying,
  price: Decimal | MarketGap | null,
  symbol: string,
): OptionBasis {
  const carried = { priceDate: null, dividendYield: 0, dividends: [] };
  if (!(price instanceof Decimal)) {
    const gap = price ?? marketGap('price.missing', symbol);
    return { on: { ...index, ...carried, price: null, forwards: [] }, parts: [], cash: 0, gaps: [gap] };
  }
  const value = price.toNumber();
  const forwards = [{ expiry, root: '', forward: value, rate: null, source: 'FUTURE', pairs: 0 } as const];
  const parts = [{ units: 1, price: value, moves: index }];
  return { on: { ...index, ...carried, price, forwards }, parts, cash: 0, gaps: [] };
}

function basketBasis(
  deliverable: Deliverable,
  multiplier: number,
  market: Pick<Market, 'instrument'>,
): OptionBasis | readonly MarketGap[] {
  const members = basketMembers(deliverable, market);
  if (!isMembers(members)) return members;
  const cash = deliverable.cash / multiplier;
  const prices = members.map(({ underlying }) => underlyingPrice(underlying));
  const gaps = prices.flatMap((price) => (price instanceof Decimal ? [] : price));
  const parts = members.flatMap(({ underlying, shares }, i): BasisPart[] => {
    const price = prices[i];
    return price instanceof Decimal ? [{ units: shares / multiplier, price: price.toNumber(), moves: underlying }] : [];
  });
  const value = parts.reduce((sum, { units, price }) => sum + units * price, cash);
  const on: Underlying = {
    ...basketPlace(deliverable, members),
    symbol: deliverableName(deliverable),
    price: gaps.length > 0 ? null : new Decimal(value),
    priceDate: null,
    dividendYield: parts.reduce((sum, { units, price, moves }) => sum + units * price * moves.dividendYield, 0) / value,
    dividends: basketDividends(members, multiplier),
    forwards: [],
  };
  return { on, parts: gaps.length > 0 ? [] : parts, cash, gaps };
}

interface Member {
  readonly underlying: Underlying;
  readonly shares: number;
}

function basketMembers(
  { components }: Deliverable,
  market: Pick<Market, 'instrument'>,
): readonly Member[] | readonly MarketGap[] {
  const found = components.map(({ symbol, shares }) => ({ underlying: market.instrument(symbol), shares, symbol }));
  const missing = found.filter(({ underlying }) => underlying?.kind !== 'UNDERLYING');
  if (missing.length > 0) return missing.map(({ symbol }) => marketGap('symbol.unknown', symbol));
  return found.map(({ underlying, shares }) => ({ underlying: underlying as Underlying, shares }));
}

function isMembers(value: readonly Member[] | readonly MarketGap[]): value is readonly Member[] {
  return value.every((entry) => 'underlying' in entry);
}

const WIDEST_FIRST: readonly ProductClass[] = ['EQUITY', 'NARROW_INDEX', 'BROAD_INDEX', 'HIGH_CAP_INDEX'];

/**
 * A single component's class group is the contract's. Several are a class group of their own, named by them, in the
 * widest range among theirs: "the same deliverable" is what a class group is (OCC's disclosure), and every component
 * then moves by that range at once.
 */
function basketPlace({ components }: Deliverable, members: readonly Member[]): Underlying {
  const [{ underlying }] = members;
  if (members.length === 1) return underlying;
  const classes = members.map((member) => member.underlying.productClass);
  return {
    ...underlying,
    ...NO_FACTS,
    type: 'EQUITY',
    productClass: WIDEST_FIRST.find((productClass) => classes.includes(productClass))!,
    classGroup: components
      .map(({ symbol }) => symbol)
      .sort()
      .join('+'),
    productGroup: null,
    leverage: 1,
  };
}

function basketDividends(members: readonly Member[], multiplier: number): readonly DeclaredDividend[] {
  const amounts = new Map<string, number>();
  for (const { underlying, shares } of members) {
    for (const { exDate, amount } of underlying.dividends) {
      amounts.set(exDate, (amounts.get(exDate) ?? 0) + (shares / multiplier) * amount);
    }
  }
  return [...amounts].map(([exDate, amount]) => ({ exDate, amount }));
}

export function isBasis(basis: OptionBasis | readonly MarketGap[]): basis is OptionBasis {
  return 'on' in basis;
}

/** Whose class group, range and facts are an option's: a basket of several components is one of its own. */
export function basketUnderlying(option: OptionContract, market: Pick<Market, 'instrument'>): Underlying | undefined {
  if (option.deliverable === null) return undefined;
  const members = basketMembers(option.deliverable, market);
  if (!isMembers(members)) return undefined;
  if (members.length === 1) return members[0].underlying;
  const basis = basketBasis(option.deliverable, option.multiplier.toNumber(), market);
  return isBasis(basis) ? basis.on : undefined;
}

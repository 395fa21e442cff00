import { type Gaps, isGaps, type MarginContext, valuation } from '@app/margin';
import {
  exchangeDate,
  type Future,
  givenMarket,
  type Instrument,
  type Market,
  NO_FACTS,
  type Option,
  osiSymbolText,
  PLAIN_OPTION,
  type Underlying,
  underlyingOf,
  type ZeroRate,
} from '@app/market';
import type { Order, Position, Side } from '@app/portfolio';
import { effectiveRules, type HouseRule, regulatoryRules } from '@app/rules';
import { Decimal } from 'decimal.js';

/** Two hours before the close. */
export const AS_OF = '2026-08-21T18:00:00.000Z';
export const SEPTEMBER = '2026-09-18';
export const DECEMBER = '2026-12-18';

export function share(symbol: string, price: string, changes: Partial<Underlying> = {}): Underlying {
  return {
    kind: 'UNDERLYING',
    symbol,
    type: 'EQUITY',
    price: new Decimal(price),
    priceDate: null,
    productClass: 'EQUITY',
    classGroup: symbol,
    productGroup: null,
    leverage: 1,
    dividendYield: 0,
    dividends: [],
    ...NO_FACTS,
    ...changes,
  };
}

/** An index or a fund of one, in the class group `classGroup`. */
export function indexed(symbol: string, price: string, changes: Partial<Underlying> = {}): Underlying {
  return share(symbol, price, { type: 'ETF', productClass: 'HIGH_CAP_INDEX', classGroup: 'SPX', ...changes });
}

export function option(
  root: string,
  expiry: string,
  right: 'CALL' | 'PUT',
  strike: number,
  changes: Partial<Option> = {},
): Option {
  const impliedVolatility = changes.impliedVolatility === undefined ? 0.25 : changes.impliedVolatility;
  return {
    kind: 'OPTION',
    symbol: osiSymbolText({ root, expiry, right, strike }),
    underlying: root,
    right,
    expiry,
    strike,
    exercise: 'AMERICAN',
    multiplier: new Decimal(100),
    ...PLAIN_OPTION,
    price: null,
    volatilitySource: impliedVolatility === null ? null : 'GIVEN',
    flags: [],
    ...changes,
    impliedVolatility,
  };
}

export function future(symbol: string, underlying: string, price: string, changes: Partial<Future> = {}): Future {
  return {
    kind: 'FUTURE',
    symbol,
    underlying,
    price: new Decimal(price),
    expiry: SEPTEMBER,
    multiplier: new Decimal(50),
    ...changes,
  };
}

const isKind =
  <K extends Instrument['kind']>(kind: K) =>
  (instrument: Instrument): instrument is Extract<Instrument, { kind: K }> =>
    instrument.kind === kind;

export function marketOf(
  instruments: readonly Instrument[],
  { asOf = AS_OF, rates = [{ days: 30, rate: 0.04 }] }: { asOf?: string; rates?: readonly ZeroRate[] } = {},
): Market {
  return givenMarket({
    asOf,
    rates,
    underlyings: instruments.filter(isKind('UNDERLYING')),
    options: instruments.filter(isKind('OPTION')),
    futures: instruments.filter(isKind('FUTURE')),
  });
}

export function contextOf(
  market: Market,
  houseRules: readonly HouseRule[] = [],
  strictVolatility = false,
): MarginContext {
  const date = exchangeDate(market.asOf);
  const classGroupOf = (symbol: string): string | undefined => {
    const instrument = market.instrument(symbol);
    return instrument && underlyingOf(instrument, market)?.classGroup;
  };
  const rules = effectiveRules(regulatoryRules(date)!, houseRules, date, { classGroupOf });
  return { valuation: valuation(market), rules, strictVolatility };
}

/** Positions from pairs of symbol and quantity. */
export function positionsOf(...pairs: readonly (readonly [string, number | string])[]): Position[] {
  return pairs.map(([symbol, quantity]) => ({ symbol, quantity: new Decimal(quantity) }));
}

/** An order of one leg, at the mark or at a price. */
export function orderOf(side: Side, orderQty: number, symbol: string, price: string | null = null): Order {
  return {
    clOrdId: `${side} ${orderQty} ${symbol}`,
    orderQty: new Decimal(orderQty),
    price: price === null ? null : new Decimal(price),
    legs: [{ symbol, side, ratioQty: new Decimal(1) }],
  };
}

/** The result itself, or a failure that names what was missing. */
export function answered<T extends object>(result: T | Gaps): T {
  if (isGaps(result)) throw new Error(`missing: ${result.map(({ code, symbol }) => `${code} ${symbol}`).join(', ')}`);
  return result;
}

export function houseRule(
  parameter: HouseRule['parameter'],
  value: HouseRule['value'],
  changes: Partial<HouseRule> = {},
): HouseRule {
  return {
    ruleId: `${parameter} ${JSON.stringify(value)}`,
    scope: 'FIRM',
    productClass: null,
    classGroup: null,
    symbol: null,
    parameter,
    value,
    effectiveFrom: '2026-01-01',
    effectiveTo: null,
    pack: null,
    ...changes,
  };
}

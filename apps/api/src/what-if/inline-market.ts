import {
  type Deliverable,
  type Forward,
  type Future,
  type GivenPrices,
  isAdjustedRoot,
  type Option,
  osiSymbol,
  type Underlying,
  underlyingOfRoot,
} from '@app/market';
import { Decimal } from 'decimal.js';
import type { FieldFaults } from './field-faults.js';
import type { FutureQuoteDto, InlineMarketDto, OptionQuoteDto, UnderlyingDto } from './market.dto.js';

/** Prices as the engine takes them; what cannot be meant goes to `faults`, under `pointer`. */
export function pricesFromDto(market: InlineMarketDto, faults: FieldFaults, pointer = '/market'): GivenPrices {
  const { asOf, rates, underlyings, options = [], futures = [] } = market;
  faults.unique(`${pointer}/rates`, rates, ({ days }) => days, 'days');
  faults.unique(`${pointer}/underlyings`, underlyings, ({ symbol }) => symbol, 'symbol');
  faults.unique(`${pointer}/options`, options, ({ symbol }) => osiSymbol(symbol)?.symbol ?? symbol, 'symbol');
  faults.unique(`${pointer}/futures`, futures, ({ symbol }) => symbol, 'symbol');
  const tickers = new Set(underlyings.map(({ symbol }) => symbol));
  futures.forEach(({ symbol }, index) => {
    if (tickers.has(symbol)) {
      faults.add(`${pointer}/futures/${index}/symbol`, 'field.duplicate', 'An underlying has the same symbol.');
    }
  });
  const others = new Set([...tickers, ...futures.map(({ symbol }) => symbol)]);
  options.forEach(({ symbol, form = 'LISTED' }, index) => {
    if (form !== 'LISTED' && others.has(symbol)) {
      faults.add(
        `${pointer}/options/${index}/symbol`,
        'field.duplicate',
        'An underlying or a future has the same symbol.',
      );
    }
  });
  return {
    asOf,
    rates,
    underlyings: underlyings.map((dto, index) => underlying(dto, `${pointer}/underlyings/${index}`, faults)),
    options: options.flatMap((dto, index) => option(dto, `${pointer}/options/${index}`, faults)),
    futures: futures.map((dto, index) => future(dto, `${pointer}/futures/${index}`, faults)),
  };
}

function underlying(dto: UnderlyingDto, pointer: string, faults: FieldFaults): Underlying {
  if (dto.leverage === 0)
    faults.add(`${pointer}/leverage`, 'underlying.leverage_zero', 'A leverage of 0 has no meaning.');
  if (osiSymbol(dto.symbol)) faults.add(`${pointer}/symbol`, 'field.symbol', 'This is an option, not an underlying.');
  return {
    kind: 'UNDERLYING',
    symbol: dto.symbol,
    type: dto.type,
    price: new Decimal(dto.price),
    priceDate: null,
    productClass: dto.productClass,
    classGroup: dto.classGroup,
    productGroup: dto.productGroup ?? null,
    leverage: dto.leverage ?? 1,
    dividendYield: dto.dividendYield ?? 0,
    dividends: (dto.dividends ?? []).map(({ exDate, amount }) => ({ exDate, amount: Number(amount) })),
    portfolioGroup: dto.portfolioGroup ?? null,
    beta: dto.beta ?? null,
    marketCap: numberOrNull(dto.marketCap),
    sharesOutstanding: numberOrNull(dto.sharesOutstanding),
    averageDailyVolume: numberOrNull(dto.averageDailyVolume),
    earningsDate: dto.earningsDate ?? null,
    marginable: dto.marginable ?? true,
    bond: dto.bond ?? null,
    forwards: forwardsFromDto(dto, `${pointer}/forwards`, faults),
  };
}

function forwardsFromDto({ forwards = [] }: UnderlyingDto, pointer: string, faults: FieldFaults): readonly Forward[] {
  faults.unique(pointer, forwards, ({ expiry }) => expiry, 'expiry');
  return forwards.map(({ expiry, forward }) => {
    return { expiry, root: '', forward: Number(forward), rate: null, source: 'GIVEN', pairs: 0 };
  });
}

function numberOrNull(value: string | number | null | undefined): number | null {
  return value === undefined || value === null ? null : Number(value);
}

function option(dto: OptionQuoteDto, pointer: string, faults: FieldFaults): Option[] {
  const terms =
    (dto.form ?? 'LISTED') === 'LISTED' ? listedTerms(dto, pointer, faults) : ownTerms(dto, pointer, faults);
  if (terms === undefined) return [];
  const impliedVolatility = dto.impliedVolatility ?? null;
  return [
    {
      kind: 'OPTION',
      ...terms,
      exercise: dto.exercise,
      multiplier: new Decimal(dto.multiplier),
      price: dto.price === undefined || dto.price === null ? null : new Decimal(dto.price),
      impliedVolatility,
      volatilitySource: impliedVolatility === null ? null : 'GIVEN',
      flags: [],
    },
  ];
}

type OptionPlace = Pick<
  Option,
  'form' | 'symbol' | 'underlying' | 'right' | 'expiry' | 'strike' | 'adjusted' | 'deliverable'
>;

function listedTerms(dto: OptionQuoteDto, pointer: string, faults: FieldFaults): OptionPlace | undefined {
  for (const name of ['right', 'expiry', 'strike'] as const) {
    if (dto[name] !== undefined) faults.add(`${pointer}/${name}`, 'field.not_allowed', 'The symbol says it already.');
  }
  const parts = osiSymbol(dto.symbol);
  if (parts === undefined) {
    faults.add(`${pointer}/symbol`, 'field.symbol', 'This is not an OCC option symbol.');
    return undefined;
  }
  const { root, ...terms } = parts;
  const deliverable = deliverableFromDto(dto, `${pointer}/deliverable`, faults);
  const adjusted = isAdjustedRoot(root) || deliverable !== null;
  return { form: 'LISTED', ...terms, underlying: dto.underlying ?? underlyingOfRoot(root), adjusted, deliverable };
}

function deliverableFromDto({ deliverable }: OptionQuoteDto, pointer: string, faults: FieldFaults): Deliverable | null {
  if (deliverable === undefined || deliverable === null) return null;
  faults.unique(`${pointer}/components`, deliverable.components, ({ symbol }) => symbol, 'symbol');
  const components = deliverable.components.map(({ symbol, shares }) => ({ symbol, shares: Number(shares) }));
  return { components, cash: Number(deliverable.cash ?? 0) };
}

function ownTerms(dto: OptionQuoteDto, pointer: string, faults: FieldFaults): OptionPlace | undefined {
  const { form = 'LISTED', symbol, underlying, right, expiry, strike } = dto;
  if (osiSymbol(symbol)) faults.add(`${pointer}/symbol`, 'field.symbol', 'This is the symbol of a listed option.');
  if (dto.deliverable) {
    faults.add(`${pointer}/deliverable`, 'field.not_allowed', 'Only a listed option can be adjusted.');
  }
  for (const [name, value] of Object.entries({ underlying, right, expiry, strike })) {
    if (value === undefined) faults.add(`${pointer}/${name}`, 'field.required', 'No symbol says it: it must be given.');
  }
  if (underlying === undefined || right === undefined || expiry === undefined || strike === undefined) return undefined;
  const terms = { symbol, underlying, right, expiry, strike: Number(strike) };
  return { form, ...terms, adjusted: false, deliverable: null };
}

function future(dto: FutureQuoteDto, pointer: string, faults: FieldFaults): Future {
  if (osiSymbol(dto.symbol)) faults.add(`${pointer}/symbol`, 'field.symbol', 'This is an option, not a future.');
  return {
    kind: 'FUTURE',
    symbol: dto.symbol,
    underlying: dto.underlying,
    price: new Decimal(dto.price),
    expiry: dto.expiry,
    multiplier: new Decimal(dto.multiplier),
  };
}

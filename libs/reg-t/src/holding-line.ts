import { type Option, type Underlying, VOLATILITY_INDICES } from '@app/market';
import type { NakedRates, RegTRules } from '@app/rules';
import type { Line, OptionLine, ShareLine } from './line.js';
import { longOption } from './option-requirement.js';
import { monthsAfter, type RegTContext, type RegTHolding } from './reg-t-holding.js';
import { leverageFactor, longStock, longStockRate, shortStock, type StockTerms } from './stock-requirement.js';

/** A holding with the numbers of the rules put in: what the pairing needs, in binary floating point. */
export function holdingLine(held: RegTHolding, context: RegTContext): Line {
  return held.instrument.kind === 'OPTION' ? optionLine(held, held.instrument, context) : shareLine(held, context);
}

/** The stock of a holding as the rules see it. */
export function stockTerms(
  { underlying, spot }: RegTHolding,
  { nonMargin }: Pick<RegTContext, 'nonMargin'>,
): StockTerms {
  return { price: spot, leverage: underlying.leverage, isMargin: !nonMargin.has(underlying.symbol) };
}

function shareLine(held: RegTHolding, context: RegTContext): ShareLine {
  const { position, underlying } = held;
  const { rules } = context;
  const stock = stockTerms(held, context);
  const quantity = position.quantity.toNumber();
  return {
    kind: 'SHARES',
    symbol: position.symbol,
    underlying: underlying.symbol,
    quantity,
    price: stock.price,
    isMargin: stock.isMargin,
    alone: quantity > 0 ? longStock(stock, rules) : shortStock(stock, rules),
    rate: longStockRate(stock, rules),
    exerciseRate: Math.min(1, rules.hedgedExercise.value * leverageFactor(stock.leverage, rules.leverageOfStock.value)),
    coversIndex: underlying.type === 'ETF' && underlying.leverage === 1 ? underlying.classGroup : null,
  };
}

function optionLine(held: RegTHolding, option: Option, { rules, market }: RegTContext): OptionLine {
  const { position, underlying, mark, spot } = held;
  const premium = mark.price.toNumber();
  const isLongTerm = option.expiry > monthsAfter(market.valuationDate, rules.longTermMonths.value);
  return {
    kind: 'OPTION',
    symbol: position.symbol,
    underlying: underlying.symbol,
    quantity: position.quantity.toNumber(),
    right: option.right,
    strike: option.strike,
    premium,
    spot,
    rates: nakedRates(underlying, rules),
    expiry: option.expiry,
    exercise: option.exercise,
    multiplier: mark.multiplier.toNumber(),
    long: longOption(premium, isLongTerm, rules),
    isLongTerm,
    index: underlying.type === 'INDEX' ? underlying.classGroup : null,
  };
}

/** A leveraged fund multiplies the rate and the minimum (Regulatory Notice 09-53, Cboe's samples). */
function nakedRates(underlying: Underlying, rules: RegTRules): NakedRates {
  const isVolatility = VOLATILITY_INDICES.includes(underlying.symbol);
  const { rate, minimum } = rules.nakedOption[isVolatility ? 'VOLATILITY' : underlying.productClass].value;
  const factor = leverageFactor(underlying.leverage, rules.leverageOfOptions.value);
  return { rate: rate * factor, minimum: minimum * factor };
}

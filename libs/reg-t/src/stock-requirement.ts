import type { RegTRules } from '@app/rules';
import type { Requirement } from './requirement.js';

/** A stock as the rules see it. */
export interface StockTerms {
  /** Mark per share, ≥ 0. */
  readonly price: number;
  /** Daily multiple of its index; 1 for anything but a leveraged or inverse fund. */
  readonly leverage: number;
  /** False for a stock that carries no loan value. */
  readonly isMargin: boolean;
}

/** The multiple that rates are multiplied with: an inverse fund's without its sign, and never below 1. */
export function leverageFactor(leverage: number, inForce: boolean): number {
  return inForce ? Math.max(1, Math.abs(leverage)) : 1;
}

/** A rate times the multiple; what is held can require no more than all of its value (Regulatory Notice 09-53). */
function leveragedRate(rate: number, { leverage }: StockTerms, rules: RegTRules): number {
  return Math.min(1, rate * leverageFactor(leverage, rules.leverageOfStock.value));
}

/** Fraction of market value that long stock must keep: 25 % (4210(c)(1)), × the multiple of a leveraged fund, all of a non-margin stock. */
export function longStockRate(stock: StockTerms, rules: RegTRules): number {
  return stock.isMargin ? leveragedRate(rules.longStockMaintenance.value, stock, rules) : rules.nonMarginStock.value;
}

/** Per share: 50 % initially (12 CFR 220.12(a)), 25 % kept (4210(c)(1)); 100 % of a non-margin stock (220.12(e)). */
export function longStock(stock: StockTerms, rules: RegTRules): Requirement {
  const maintenance = longStockRate(stock, rules) * stock.price;
  const regT = stock.isMargin ? rules.longStockInitial.value : rules.nonMarginStock.value;
  return { initial: Math.max(regT * stock.price, maintenance), maintenance };
}

/**
 * Per share, beyond the proceeds: 50 % initially (220.12(c)(1)); kept, the greater of 30 % and $5.00, or under $5 of
 * 100 % and $2.50 (4210(c)(2), (3)). The floors are not multiplied with a fund's leverage (from memory).
 */
export function shortStock(stock: StockTerms, rules: RegTRules): Requirement {
  const { price } = stock;
  const maintenance =
    price < rules.lowPrice.value
      ? Math.max(rules.lowPricedShort.value * price, rules.lowPricedShortPerShare.value)
      : Math.max(leveragedRate(rules.shortStockMaintenance.value, stock, rules) * price, rules.shortPerShare.value);
  return { initial: Math.max(rules.shortStockInitial.value * price, maintenance), maintenance };
}

/**
 * Per share held long and sold short at once: 5 % of the long value is kept (4210(e)(1)); the purchase still takes
 * its half, the short sale nothing more (220.12(c)(2)).
 */
export function stockAgainstTheBox(stock: StockTerms, rules: RegTRules): Requirement {
  const maintenance = rules.againstTheBox.value * stock.price;
  return { initial: Math.max(longStock(stock, rules).initial, maintenance), maintenance };
}

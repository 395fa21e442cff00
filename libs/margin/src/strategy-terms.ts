import { type CalendarDate, strategyClass, type StrategyClass, type Underlying } from '@app/market';
import { longStock, shortStock } from '@app/reg-t';
import { type EffectiveRules, regTRules } from '@app/rules';
import type { Decimal } from 'decimal.js';
import { type Gaps, marginGap } from './gap.js';

/** How a position the model does not margin is margined inside the account. */
export interface StrategyTerms {
  readonly reason: StrategyClass | 'LOW_PRICE';
  /** The house keeps it out of the model; by the rule book the model margins it. */
  readonly isHouse: boolean;
  /** Dollars per share, long and short. */
  readonly long: number;
  readonly short: number;
  readonly citation: string;
  /** The house rule that keeps it out; null where the rule book does. */
  readonly ruleId: string | null;
}

/**
 * Null for what the model margins. Bonds, funds and what may not be lent against have a rate of their market value; a
 * stock under the house's least price keeps the strategy-based maintenance requirement (FINRA 4210(c)).
 */
export function strategyTerms(
  underlying: Underlying,
  price: Decimal,
  rules: EffectiveRules,
  date: CalendarDate,
): StrategyTerms | Gaps | null {
  const ofClass = strategyClass(underlying);
  if (ofClass === null) return lowPriced(underlying, price, rules, date);
  const rate = rules.strategyRate(ofClass, underlying.bond);
  const stock = stockTerms(underlying, price, ofClass !== 'NON_MARGIN_EQUITY');
  const shortFloor = ofClass === 'NON_MARGIN_EQUITY' ? regTRules(date) : null;
  if (rate === undefined || shortFloor === undefined) return [marginGap('strategy.rate_unknown', underlying.symbol)];
  const long = rate.value * stock.price;
  const short = shortFloor === null ? long : Math.max(long, shortStock(stock, shortFloor).maintenance);
  return { reason: ofClass, isHouse: false, long, short, citation: rate.citation, ruleId: null };
}

function lowPriced(
  underlying: Underlying,
  price: Decimal,
  rules: EffectiveRules,
  date: CalendarDate,
): StrategyTerms | Gaps | null {
  const { symbol, classGroup, productClass } = underlying;
  const least = rules.symbol(symbol, symbol, classGroup, productClass).leastEligiblePrice;
  if (least === null || price.gte(least.value)) return null;
  const regT = regTRules(date);
  if (regT === undefined) return [marginGap('strategy.rate_unknown', symbol)];
  const stock = stockTerms(underlying, price, true);
  const [long, short] = [longStock(stock, regT).maintenance, shortStock(stock, regT).maintenance];
  return { reason: 'LOW_PRICE', isHouse: true, long, short, citation: 'FINRA 4210(c)', ruleId: least.ruleId };
}

function stockTerms({ leverage }: Underlying, price: Decimal, isMargin: boolean) {
  return { price: price.toNumber(), leverage, isMargin };
}

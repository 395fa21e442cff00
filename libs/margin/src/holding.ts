import { isFallbackVolatility, marketGap, type Underlying, underlyingOf } from '@app/market';
import type { Mark, Position } from '@app/portfolio';
import type { EffectiveRules } from '@app/rules';
import { classPlan } from './class-plan.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import type { RiskArray } from './risk-array.js';
import type { Valuation } from './valuation.js';

/** What a margin calculation is made with beside the portfolio: the same for before and after. */
export interface MarginContext {
  readonly valuation: Valuation;
  readonly rules: EffectiveRules;
  /** Refuse positions whose volatility is a fallback. */
  readonly strictVolatility: boolean;
}

/** A position that can be margined: with its mark and its risk arrays. */
export interface Holding {
  readonly position: Position;
  readonly underlying: Underlying;
  readonly mark: Mark;
  /** On the rule book's grid. */
  readonly regulatory: RiskArray;
  /** At the points a house adds to them; null where it adds none. */
  readonly house: RiskArray | null;
}

export function holding(position: Position, { valuation, rules, strictVolatility }: MarginContext): Holding | Gaps {
  const { symbol } = position;
  const instrument = valuation.market.instrument(symbol);
  if (instrument === undefined) return [marketGap('symbol.unknown', symbol)];
  const underlying = underlyingOf(instrument, valuation.market);
  if (underlying === undefined) return [marginGap('underlying.unknown', symbol)];
  if (instrument.kind === 'UNDERLYING' && instrument.type === 'INDEX') return [marginGap('index.not_tradable', symbol)];
  if (strictVolatility && instrument.kind === 'OPTION' && isFallbackVolatility(instrument.volatilitySource)) {
    return [marketGap('volatility.fallback', symbol)];
  }
  const { classGroup, productClass } = underlying;
  const plan = classPlan(rules.inForce(classGroup, productClass), rules.regulatory(productClass));
  const regulatory = valuation.riskArray(symbol, plan.bookGrid);
  if (isGaps(regulatory)) return regulatory;
  const house = plan.houseGrid === null ? null : valuation.riskArray(symbol, plan.houseGrid);
  if (house !== null && isGaps(house)) return house;
  return { position, underlying, mark: regulatory.mark, regulatory, house };
}

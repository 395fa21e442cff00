import { isFallbackVolatility, marketGap, type Underlying, underlyingOf } from '@app/market';
import type { Mark, Position } from '@app/portfolio';
import type { EffectiveRules } from '@app/rules';
import { missingFacts } from './class-facts.js';
import { type ClassPlan, classPlan } from './class-plan.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import type { RiskArray } from './risk-array.js';
import { classGrid } from './scenario.js';
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
  /** The points it is valued at. */
  readonly plan: ClassPlan;
  /** On the rule book's grid. */
  readonly regulatory: RiskArray;
  /** At the plan's further points; null where it has none. */
  readonly house: RiskArray | null;
}

export function holding(position: Position, context: MarginContext): Holding | Gaps {
  const { valuation, rules, strictVolatility } = context;
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
  const plan = classPlan(classGroup, productClass, { rules, market: valuation.market });
  const regulatory = valuation.riskArray(symbol, classGrid(rules.regulatory(productClass)));
  const gaps = [
    ...(isGaps(regulatory) ? regulatory : []),
    ...(isGaps(plan) ? plan : missingFacts(underlying, plan.numbers)),
  ];
  if (isGaps(regulatory) || isGaps(plan) || gaps.length > 0) return gaps;
  const house = houseArray(symbol, plan, valuation);
  if (house !== null && isGaps(house)) return house;
  return { position, underlying, mark: regulatory.mark, plan, regulatory, house };
}

/** A line valued at another plan's points. */
export function onPlan(line: Holding, plan: ClassPlan, valuation: Valuation): Holding | Gaps {
  if (line.plan === plan) return line;
  const house = houseArray(line.position.symbol, plan, valuation);
  return house !== null && isGaps(house) ? house : { ...line, plan, house };
}

function houseArray(symbol: string, { houseGrid }: ClassPlan, valuation: Valuation): RiskArray | Gaps | null {
  return houseGrid === null ? null : valuation.riskArray(symbol, houseGrid);
}

import {
  type Instrument,
  isFallbackVolatility,
  type Market,
  marketGap,
  type Underlying,
  underlyingOf,
} from '@app/market';
import type { Mark, Position } from '@app/portfolio';
import type { EffectiveRules } from '@app/rules';
import { missingFacts } from './class-facts.js';
import { bookPlan, type ClassPlan, classPlan } from './class-plan.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import type { RiskArray } from './risk-array.js';
import { classGrid } from './scenario.js';
import { type StrategyTerms, strategyTerms } from './strategy-terms.js';
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
  /** Null where the model margins it. */
  readonly strategy: StrategyTerms | null;
  /** The points it is valued at. */
  readonly plan: ClassPlan;
  /** On the rule book's grid. */
  readonly regulatory: RiskArray;
  /** At the plan's further points; null where it has none. */
  readonly house: RiskArray | null;
}

/** Whether a class group has it: what only the house keeps out of the model stays in the rule book's sums. */
export function isModelled({ strategy }: Holding): boolean {
  return strategy === null || strategy.isHouse;
}

/** All of a holding but its quantity: of one symbol the same for every account under the same rules. */
type Line = Omit<Holding, 'position'>;

/** Lines go with the market and the rules they are of. What has gaps is not kept: it may be known later. */
const knownLines = new WeakMap<Valuation, WeakMap<EffectiveRules, Map<string, Line>>>();

function linesOf({ valuation, rules }: MarginContext): Map<string, Line> {
  let byRules = knownLines.get(valuation);
  if (byRules === undefined) knownLines.set(valuation, (byRules = new WeakMap<EffectiveRules, Map<string, Line>>()));
  let lines = byRules.get(rules);
  if (lines === undefined) byRules.set(rules, (lines = new Map<string, Line>()));
  return lines;
}

export function holding(position: Position, context: MarginContext): Holding | Gaps {
  const { symbol } = position;
  const lines = linesOf(context);
  let line = lines.get(symbol);
  if (line === undefined) {
    const looked = lineOf(symbol, context);
    if (isGaps(looked)) return looked;
    lines.set(symbol, (line = looked));
  } else if (context.strictVolatility) {
    const refused = refusal(line.mark.instrument, context);
    if (refused !== null) return refused;
  }
  const { underlying, mark, strategy, plan, regulatory, house } = line;
  return { position, underlying, mark, strategy, plan, regulatory, house };
}

function lineOf(symbol: string, context: MarginContext): Line | Gaps {
  const { valuation, rules } = context;
  const { market } = valuation;
  const instrument = market.instrument(symbol);
  if (instrument === undefined) return [marketGap('symbol.unknown', symbol)];
  const underlying = underlyingOf(instrument, market);
  if (underlying === undefined) return [marginGap('underlying.unknown', symbol)];
  const refused = refusal(instrument, context);
  if (refused !== null) return refused;
  const regulatory = valuation.riskArray(symbol, classGrid(rules.regulatory(underlying.productClass)));
  const strategy = strategyOf(instrument, rules, market);
  const plan = strategy !== null && isGaps(strategy) ? strategy : planOf(underlying, strategy, rules, market);
  if (isGaps(regulatory) || isGaps(plan)) {
    return [...(isGaps(regulatory) ? regulatory : []), ...(isGaps(plan) ? plan : [])];
  }
  const house = houseArray(symbol, plan, valuation);
  if (house !== null && isGaps(house)) return house;
  // Of a strategy with gaps there is no plan.
  return { underlying, mark: regulatory.mark, strategy: strategy as StrategyTerms | null, plan, regulatory, house };
}

/** What cannot be held, or not by this account. */
function refusal(instrument: Instrument, { strictVolatility }: MarginContext): Gaps | null {
  const { kind, symbol } = instrument;
  if (kind === 'UNDERLYING' && instrument.type === 'INDEX') return [marginGap('index.not_tradable', symbol)];
  const isFallback = kind === 'OPTION' && isFallbackVolatility(instrument.volatilitySource);
  return strictVolatility && isFallback ? [marketGap('volatility.fallback', symbol)] : null;
}

/** The points of its class group; what the model does not margin is asked for no fact of the model's rules. */
function planOf(
  underlying: Underlying,
  strategy: StrategyTerms | null,
  rules: EffectiveRules,
  market: Market,
): ClassPlan | Gaps {
  const { classGroup, productClass } = underlying;
  if (strategy !== null && !strategy.isHouse) return bookPlan(rules.regulatory(productClass));
  const plan = classPlan(classGroup, productClass, { rules, market });
  if (isGaps(plan)) return plan;
  const missing = missingFacts(underlying, plan.numbers);
  return missing.length > 0 ? missing : plan;
}

/** Only what is held itself can be kept out of the model; its options and futures stay. */
function strategyOf(
  instrument: Instrument,
  rules: EffectiveRules,
  { valuationDate }: Market,
): StrategyTerms | Gaps | null {
  if (instrument.kind !== 'UNDERLYING' || instrument.price === null) return null;
  return strategyTerms(instrument, instrument.price, rules, valuationDate);
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

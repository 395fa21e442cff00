import { type Cents, type Mark, marketValue, type Position, profitCents, requirementCents } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { unitProfits } from './class-sums.js';
import type { Holding } from './holding.js';
import type { LayeredMap } from './layered-map.js';
import type { StrategyTerms } from './strategy-terms.js';

/** A position that is margined by strategy rules inside the account: no other position lowers what it requires. */
export interface StrategyPosition {
  readonly position: Position;
  readonly classGroup: string;
  readonly mark: Mark;
  readonly terms: StrategyTerms;
  /** Dollars, + for long. */
  readonly marketValue: Decimal;
  readonly requirement: Cents;
  /** By the rule book: nothing where only the house keeps it out of the model, which margins it. */
  readonly regulatoryRequirement: Cents;
}

export interface StrategySums {
  readonly requirement: Cents;
  readonly regulatoryRequirement: Cents;
  readonly grossValue: Cents;
}

export interface StrategyPositions {
  readonly strategy: StrategySums;
  readonly strategyPositions: ReadonlyMap<string, StrategyPosition>;
}

/** Positions by strategy after trades, and what they come to; undefined where an amount is too large to be exact. */
export function strategyAfter(before: StrategyPositions, trades: readonly Holding[]): StrategyPositions | undefined {
  if (trades.length === 0) return before;
  const changes = new Map<string, StrategyPosition | undefined>();
  for (const trade of trades) {
    const { symbol } = trade.position;
    const old = changes.has(symbol) ? changes.get(symbol) : before.strategyPositions.get(symbol);
    const quantity = (old?.position.quantity ?? ZERO).plus(trade.position.quantity);
    const held = quantity.isZero() ? undefined : strategyPosition(trade, quantity);
    if (held === null) return undefined;
    changes.set(symbol, held);
  }
  let { strategy } = before;
  for (const [symbol, after] of changes) {
    strategy = added(added(strategy, before.strategyPositions.get(symbol), -1), after, 1);
  }
  return { strategy, strategyPositions: (before.strategyPositions as LayeredMap<StrategyPosition>).with(changes) };
}

const ZERO = new Decimal(0);

function added(sums: StrategySums, held: StrategyPosition | undefined, sign: 1 | -1): StrategySums {
  if (held === undefined) return sums;
  return {
    requirement: sums.requirement + sign * held.requirement,
    regulatoryRequirement: sums.regulatoryRequirement + sign * held.regulatoryRequirement,
    grossValue: sums.grossValue + sign * profitCents(held.marketValue.abs().toNumber()),
  };
}

/** What strategy rules ask of so much of a line by itself; undefined where it is too large to be exact. */
export function strategyRequirement(line: Holding, quantity: Decimal = line.position.quantity): Cents | undefined {
  return requirementCents(quantity.abs().toNumber() * strategyPerUnit(line, quantity.isPositive() ? 1 : -1));
}

/** Dollars a unit long requires, or one short. */
export function strategyPerUnit(line: Holding, sign: 1 | -1): number {
  const terms = line.strategy!;
  // Taking a stock out of the model may not lower what the account requires.
  const own = terms.isHouse ? Math.max(0, -Math.min(...Array.from(unitProfits(line), (pnl) => pnl * sign))) : 0;
  return Math.max(sign > 0 ? terms.long : terms.short, own);
}

/** Null where the requirement is too large to be exact. */
function strategyPosition(line: Holding, quantity: Decimal): StrategyPosition | null {
  const terms = line.strategy!;
  const requirement = strategyRequirement(line, quantity);
  if (requirement === undefined) return null;
  return {
    position: { symbol: line.position.symbol, quantity },
    classGroup: line.underlying.classGroup,
    mark: line.mark,
    terms,
    marketValue: marketValue(quantity, line.mark),
    requirement,
    regulatoryRequirement: terms.isHouse ? 0 : requirement,
  };
}

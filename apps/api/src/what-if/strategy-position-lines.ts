import type { AccountMargin, StrategyPosition, WhatIf } from '@app/margin';
import { centsText, marketValue } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import type { StrategyPositionNowDto } from '../accounts/strategy-position-now.dto.js';
import { moneyChange } from './money-change.js';
import { quantityChange, valueChange } from './position-change.js';
import type { StrategyPositionDto } from './strategy-position.dto.js';
import type { PositionLineDto } from './what-if-reply.dto.js';

/** What strategy rules margin inside the account, before or after the orders, in symbol order. */
export function strategyPositionLines(result: Sides): readonly StrategyPositionDto[] {
  return pairs(result).map(({ was, is, held }) => ({
    symbol: held.position.symbol,
    quantity: quantityChange(quantityOf(was), quantityOf(is)),
    marketValue: valueChange(valueOf(was), valueOf(is)),
    requirement: moneyChange(was?.requirement ?? 0, is?.requirement ?? 0),
    ...ruleOf(held),
  }));
}

/** The same among all positions; those that the rule book's model margins stand with their class group. */
export function outsidePositionLines(result: Sides): readonly PositionLineDto[] {
  return pairs(result)
    .filter(({ held }) => !held.terms.isHouse)
    .map(({ was, is, held }) => ({
      symbol: held.position.symbol,
      classGroup: held.classGroup,
      quantity: quantityChange(quantityOf(was), quantityOf(is)),
      mark: held.mark.price.toFixed(),
      marketValue: valueChange(valueOf(was), valueOf(is)),
      impliedVolatility: null,
    }));
}

/** As an account stands. */
export function strategyPositionsNow({ strategyPositions }: AccountMargin): readonly StrategyPositionNowDto[] {
  return [...strategyPositions.values()]
    .sort((a, b) => (a.position.symbol < b.position.symbol ? -1 : 1))
    .map((held) => ({
      symbol: held.position.symbol,
      quantity: held.position.quantity.toFixed(),
      marketValue: valueChange(ZERO, held.marketValue).after,
      requirement: centsText(held.requirement),
      ...ruleOf(held),
    }));
}

type Sides = Pick<WhatIf, 'before' | 'after'>;

const ZERO = new Decimal(0);

interface Pair {
  readonly was: StrategyPosition | undefined;
  readonly is: StrategyPosition | undefined;
  /** Whichever there is. */
  readonly held: StrategyPosition;
}

function pairs({ before, after }: Sides): readonly Pair[] {
  if (before.strategyPositions.size + after.strategyPositions.size === 0) return [];
  const symbols = [...new Set([...before.strategyPositions.keys(), ...after.strategyPositions.keys()])].sort();
  return symbols.map((symbol) => {
    const [was, is] = [before.strategyPositions.get(symbol), after.strategyPositions.get(symbol)];
    return { was, is, held: (is ?? was)! };
  });
}

function quantityOf(held: StrategyPosition | undefined): Decimal {
  return held?.position.quantity ?? ZERO;
}

function valueOf(held: StrategyPosition | undefined): Decimal {
  return held === undefined ? ZERO : marketValue(held.position.quantity, held.mark);
}

function ruleOf({ terms: { reason, citation, ruleId } }: StrategyPosition) {
  return { rule: reason, citation, ruleId };
}

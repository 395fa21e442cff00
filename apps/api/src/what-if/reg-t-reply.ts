import { centsText, profitCents } from '@app/portfolio';
import { FORMULA_SOURCES, type RegTContext, type RegTWhatIf, type Strategy } from '@app/reg-t';
import { Decimal } from 'decimal.js';
import { type MoneyChangeDto, moneyChange } from './money-change.js';
import type { RegTDto, StrategyDto } from './reg-t-reply.dto.js';

/** The strategy-based side of an answer. `excess` is that under portfolio margin, null where that was not computed. */
export function regTReply(
  { before, after }: RegTWhatIf,
  { rules }: RegTContext,
  excess: { readonly before: number; readonly after: number } | null,
): RegTDto {
  const change = (key: 'initial' | 'maintenance' | 'equity' | 'excess'): MoneyChangeDto =>
    moneyChange(before[key], after[key]);
  const pairing = (side: RegTWhatIf['before']): StrategyDto[] =>
    initial(side).flatMap((each) => strategyLines(each.strategies));
  return {
    initial: change('initial'),
    maintenance: change('maintenance'),
    equity: change('equity'),
    excess: change('excess'),
    ...(excess !== null && { capitalFreed: moneyChange(excess.before - before.excess, excess.after - after.excess) }),
    strategies: { before: pairing(before), after: pairing(after) },
    optimal: before.isOptimal && after.isOptimal,
    gap: gapText(initial(after).reduce((sum, { gap }) => sum + gap, 0)),
    ruleSetVersion: rules.version,
  };
}

function initial({ groups }: RegTWhatIf['before']) {
  const names = [...groups.keys()].sort();
  return names.map((name) => groups.get(name)!.initial);
}

export function strategyLines(strategies: readonly Strategy[]): StrategyDto[] {
  return strategies.map(({ formula, legs, requirement }) => ({
    formula,
    legs: legs.map(({ symbol, quantity }) => ({ symbol, quantity: quantityText(quantity) })),
    requirement: centsText(profitCents(requirement)),
    ...FORMULA_SOURCES[formula],
  }));
}

/** Shares that cover an index option are a quotient of two prices: ten decimals, as a quantity may have. */
function quantityText(quantity: number): string {
  return new Decimal(quantity).toDecimalPlaces(10).toFixed();
}

/** Null where nothing is known of how much lower it could be. */
export function gapText(dollars: number): string | null {
  return Number.isFinite(dollars) ? centsText(profitCents(dollars)) : null;
}

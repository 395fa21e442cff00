import { givenMarket } from '@app/market';
import { centsText } from '@app/portfolio';
import {
  isRegTGaps,
  loadProgramSolver,
  type ProgramSolver,
  type RegTContext,
  type RegTGaps,
  type RegTMargin,
  regTWhatIf,
} from '@app/reg-t';
import { regTRules } from '@app/rules';
import { shadowQuestion } from '../../apps/api/src/what-if/shadow-answer.js';
import type { ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';

let loaded: Promise<ProgramSolver> | undefined;

/** One solver a test file. */
export function programSolver(): Promise<ProgramSolver> {
  loaded ??= loadProgramSolver();
  return loaded;
}

/** The strategy-based part of the contract's reply, with the pairing beside it. */
export interface RegTAnswer {
  readonly regT: Readonly<
    Record<
      'initial' | 'maintenance' | 'excess',
      { readonly before: string; readonly after: string; readonly change: string }
    >
  >;
  readonly after: RegTMargin;
  /** What the maintenance requirement after the orders is made of: `STRADDLE 2923.00: -1 XYZ   260918C00090000, …`. */
  readonly strategies: readonly string[];
}

/** The result itself, or a failure that names what was missing. */
export function regTAnswered<T extends object>(result: T | RegTGaps): T {
  if (isRegTGaps(result))
    throw new Error(`missing: ${result.map(({ code, symbol }) => `${code} ${symbol}`).join(', ')}`);
  return result;
}

/** The Reg T answer to a question that brings its own market, without HTTP. */
export function regTAnswer(request: ShadowWhatIfRequestDto, solver: ProgramSolver): RegTAnswer {
  const { prices, portfolio, orders } = shadowQuestion(request);
  if (prices === null) throw new Error('the request names no inline market');
  const market = givenMarket(prices);
  const rules = regTRules(market.valuationDate)!;
  const context: RegTContext = { market, rules, solver, secondsPerPairing: 10, nonMargin: new Set() };
  const { before, after } = regTAnswered(regTWhatIf(portfolio, orders, context));
  const triple = (key: 'initial' | 'maintenance' | 'excess') => ({
    before: centsText(before[key]),
    after: centsText(after[key]),
    change: centsText(after[key] - before[key]),
  });
  return {
    regT: { initial: triple('initial'), maintenance: triple('maintenance'), excess: triple('excess') },
    after,
    strategies: [...after.groups.values()].flatMap(({ maintenance }) =>
      maintenance.strategies.map(({ formula, requirement, legs }) => {
        const held = legs.map(({ symbol, quantity }) => `${quantity} ${symbol}`).join(', ');
        return `${formula} ${requirement.toFixed(2)}: ${held}`;
      }),
    ),
  };
}

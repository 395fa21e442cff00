import {
  type AccountMargin,
  type Gaps,
  type Hold,
  isGaps,
  type Judgement,
  judgement,
  type MarginContext,
  whatIf,
  type WhatIf,
} from '@app/margin';
import { distinctGaps } from '@app/market';
import type { Order, Portfolio, WorkingOrder } from '@app/portfolio';
import { isRegTGaps, type RegTContext, type RegTGaps, type RegTMargin, regTWhatIf, type RegTWhatIf } from '@app/reg-t';
import type { Methodology } from './asked-parts.js';
import type { AnswerGap } from './gap-problem.js';
import type { LeftOut } from './partial-question.js';
import { type HeldChange, regTHeldChange } from './reg-t-held.js';

/** What a regime starts from; `before` where it is known from an earlier question. */
export interface PortfolioMarginBase {
  readonly context: MarginContext;
  readonly before?: AccountMargin | Gaps;
  /** What working orders hold, on both sides of the question. */
  readonly hold?: Hold | Gaps;
}
export interface RegTBase {
  readonly context: RegTContext;
  readonly before?: RegTMargin | RegTGaps;
  /** Orders that work, where these rules decide. */
  readonly working?: readonly WorkingOrder[];
}

/** Null: not asked, and not computed. */
export interface Bases {
  readonly portfolioMargin: PortfolioMarginBase | null;
  readonly regT: RegTBase | null;
}

/** A question answered under every regime asked, and decided by the account's own. */
export interface Judged extends Judgement {
  readonly methodology: Methodology;
  /** What has no price and is not in the numbers; absent where everything has. */
  readonly leftOut?: LeftOut;
  readonly portfolioMargin: { readonly context: MarginContext; readonly result: WhatIf } | null;
  readonly regT: { readonly context: RegTContext; readonly result: RegTWhatIf; readonly held: HeldChange } | null;
}

/** The answer, or what is missing under any regime asked: what is not known under one is not answered under the other. */
export function judged(
  methodology: Methodology,
  portfolio: Portfolio,
  orders: readonly Order[],
  bases: Bases,
): Judged | readonly AnswerGap[] {
  const { portfolioMargin, regT } = bases;
  const byPortfolio = portfolioMargin && portfolioWhatIf(portfolio, orders, portfolioMargin);
  const byStrategy = regT && strategyWhatIf(portfolio, orders, regT);
  const gaps: readonly AnswerGap[] = [
    ...(byPortfolio !== null && isGaps(byPortfolio) ? byPortfolio : []),
    ...(byStrategy !== null && isRegTGaps(byStrategy) ? byStrategy : []),
  ];
  if (gaps.length > 0) return distinctGaps(gaps);
  const known = {
    methodology,
    portfolioMargin: portfolioMargin && { context: portfolioMargin.context, result: byPortfolio as WhatIf },
    regT: regT && { context: regT.context, ...(byStrategy as HeldWhatIf) },
  };
  if (methodology === 'REG_T') return { ...known, ...regTJudgement(byStrategy as HeldWhatIf) };
  const { decision, reasons, riskReducing } = byPortfolio as WhatIf;
  return { ...known, decision, reasons, riskReducing };
}

function portfolioWhatIf(
  portfolio: Portfolio,
  orders: readonly Order[],
  { context, before, hold }: PortfolioMarginBase,
): WhatIf | Gaps {
  return hold !== undefined && isGaps(hold) ? hold : whatIf(portfolio, orders, context, before, hold);
}

interface HeldWhatIf {
  readonly result: RegTWhatIf;
  readonly held: HeldChange;
}

function strategyWhatIf(
  portfolio: Portfolio,
  orders: readonly Order[],
  { context, before, working = [] }: RegTBase,
): HeldWhatIf | RegTGaps {
  const result = regTWhatIf(portfolio, orders, context, before);
  if (isRegTGaps(result)) return result;
  const held = regTHeldChange(portfolio, orders, result, working, context);
  return isRegTGaps(held) ? held : { result, held };
}

/** Orders are let through by the initial requirement; what is kept afterwards is for maintenance calls. */
function regTJudgement({ result: { before, after }, held }: HeldWhatIf): Judgement {
  return judgement(
    { requirement: before.initial + held.before, equity: before.equity },
    { requirement: after.initial + held.after, equity: after.equity },
  );
}

/** The rules that decided. */
export function ruleSetVersion({ methodology, portfolioMargin, regT }: Judged): string {
  return methodology === 'REG_T' ? regT!.context.rules.version : portfolioMargin!.context.rules.version;
}

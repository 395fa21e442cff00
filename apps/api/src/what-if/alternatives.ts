import { barredByCall, type OverdueCall } from '@app/margin';
import { distinctGaps } from '@app/market';
import type { Order, Portfolio } from '@app/portfolio';
import type { AlternativeReplyDto } from './alternative-reply.dto.js';
import type { Methodology } from './asked-parts.js';
import type { FieldFaults } from './field-faults.js';
import { type AnswerGap, isAnswerGaps } from './gap-problem.js';
import { ordersFromDto } from './orders.js';
import { type Bases, type Judged, judged } from './regimes.js';
import type { AlternativeDto } from './what-if.dto.js';
import { inForce, reasonLine } from './what-if-reply.js';

/** A set of orders to compare. */
export interface Alternative {
  readonly id: string;
  readonly orders: readonly Order[];
}

/** What cannot be meant goes to `faults`. */
export function alternativesFromDto(alternatives: readonly AlternativeDto[] = [], faults: FieldFaults): Alternative[] {
  faults.unique('/alternatives', alternatives, ({ id }) => id, 'id');
  return alternatives.map(({ id, orders }, index) => ({
    id,
    orders: ordersFromDto(orders, faults, `/alternatives/${index}`),
  }));
}

export function tradedSymbols(orders: readonly Order[], alternatives: readonly Alternative[]): string[] {
  const symbols: string[] = [];
  for (const order of orders) for (const { symbol } of order.legs) symbols.push(symbol);
  for (const alternative of alternatives) symbols.push(...tradedSymbols(alternative.orders, []));
  return symbols;
}

/** The answer itself and that of each alternative. */
export interface JudgedSets {
  readonly main: Judged;
  readonly others: readonly Judged[];
}

/** Each set judged alone on the same account, which an overdue call may bar, or everything that is missing to judge any of them. */
export function judgedSets(
  methodology: Methodology,
  portfolio: Portfolio,
  orders: readonly Order[],
  alternatives: readonly Alternative[],
  bases: Bases,
  call: OverdueCall | null = null,
): JudgedSets | readonly AnswerGap[] {
  // Of the regimes asked only the one that decides: the others are parts of the main answer.
  const own: Bases = methodology === 'REG_T' ? { ...bases, portfolioMargin: null } : { ...bases, regT: null };
  const answers = [
    judged(methodology, portfolio, orders, bases),
    ...alternatives.map((set) => judged(methodology, portfolio, set.orders, own)),
  ];
  const gaps = answers.filter(isAnswerGaps).flat();
  if (gaps.length > 0) return distinctGaps(gaps);
  const [main, ...others] = (answers as Judged[]).map((answer) => barredByCall(answer, call));
  return { main, others };
}

/** In the order given, each with its rank among all sets, `orders` included: 1 adds least to the requirement. */
export function alternativeLines(
  { main, others }: JudgedSets,
  alternatives: readonly Alternative[],
): { readonly rank?: number; readonly alternatives?: readonly AlternativeReplyDto[] } {
  if (alternatives.length === 0) return {};
  const changes = [main, ...others].map((answer) => Number(inForce(answer).requirement.change));
  const rank = (change: number): number => 1 + changes.filter((other) => other < change).length;
  return {
    rank: rank(changes[0]),
    alternatives: alternatives.map(({ id }, index) => {
      const { decision, reasons, riskReducing } = others[index];
      return {
        ...{ id, rank: rank(changes[index + 1]), decision },
        reasons: reasons.map(reasonLine),
        riskReducing,
        ...inForce(others[index]),
      };
    }),
  };
}

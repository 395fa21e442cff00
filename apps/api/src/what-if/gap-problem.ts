import { fieldSymbol } from '../fields/symbol.js';
import type { FieldError, Problem } from '../problem.js';
import { notComputable } from '../problems.js';
import type { OrderDto } from './order.dto.js';
import type { PositionDto } from './what-if.dto.js';

/** What is missing, under whichever regime. */
export interface AnswerGap {
  readonly code: string;
  /** Null where it concerns the account as a whole. */
  readonly symbol: string | null;
  readonly detail: string;
}

export function isAnswerGaps(value: object): value is readonly AnswerGap[] {
  return Array.isArray(value);
}

/** The parts of a question that name instruments. */
interface Asked {
  readonly orders?: readonly OrderDto[];
  readonly positions?: readonly PositionDto[];
  readonly alternatives?: readonly { readonly orders: readonly OrderDto[] }[];
  /** Instruments named elsewhere, each with the pointer of its symbol. */
  readonly places?: readonly (readonly [symbol: string, pointer: string])[];
}

/** 422: every gap, at every place of the request that asks for the instrument, or by symbol where none does. */
export function gapProblem(gaps: readonly AnswerGap[], asked: Asked): Problem {
  const detail = 'Something the calculation needs is missing or unusable: see errors. Nothing was decided.';
  return notComputable('what_if.not_computable', detail, gapErrors(gaps, asked));
}

/** Every gap as an error of the request. */
export function gapErrors(gaps: readonly AnswerGap[], asked: Asked): FieldError[] {
  const pointers = pointersBySymbol(asked);
  return gaps.flatMap(({ code, symbol, detail }): FieldError[] => {
    if (symbol === null) return [{ pointer: '', code, detail }];
    return (pointers.get(symbol) ?? ['']).map((pointer) => ({ pointer, code, detail, symbol }));
  });
}

function pointersBySymbol(asked: Asked): Map<string, string[]> {
  const { orders = [], positions = [], alternatives = [], places = [] } = asked;
  const pointers = new Map<string, string[]>();
  const add = (symbol: string, pointer: string): void => {
    const canonical = fieldSymbol(symbol);
    const known = pointers.get(canonical);
    if (known === undefined) pointers.set(canonical, [pointer]);
    else known.push(pointer);
  };
  positions.forEach(({ symbol }, index) => add(symbol, `/positions/${index}/symbol`));
  const addLegs = (list: readonly OrderDto[], pointer: string): void =>
    list.forEach(({ legs }, order) =>
      legs.forEach(({ symbol }, leg) => add(symbol, `${pointer}/orders/${order}/legs/${leg}/symbol`)),
    );
  addLegs(orders, '');
  alternatives.forEach((alternative, index) => addLegs(alternative.orders, `/alternatives/${index}`));
  places.forEach(([symbol, pointer]) => add(symbol, pointer));
  return pointers;
}

import { type OrderUnit, regTUnits } from '@app/advice';
import { isRegTGaps, type RegTGaps, unitBounds } from '@app/reg-t';
import { Decimal } from 'decimal.js';
import { Turns } from '../turns.js';
import type { Judged } from '../what-if/regimes.js';
import { inForce, reasonLine } from '../what-if/what-if-reply.js';
import type { MaxQuantityReplyDto, SizedAnswerDto, UnitIntervalDto } from './max-quantity-reply.dto.js';
import { type RegTStanding, regTTried } from './reg-t-standing.js';

/** How many units of an order would pass under Regulation T. */
export async function regTMaxQuantity(
  standing: RegTStanding,
  unit: OrderUnit,
  most: number,
): Promise<MaxQuantityReplyDto | RegTGaps> {
  const { portfolio, before, working, context, excess, call } = standing;
  const bounds = unitBounds(portfolio, before, { ...unit, orderQty: new Decimal(most) }, working, context);
  if (isRegTGaps(bounds)) return bounds;
  const answers = new Map<number, Judged | null>();
  const at = (units: number): Judged | null => {
    const known = answers.get(units);
    if (known !== undefined) return known;
    const answer = regTTried(standing, [{ ...unit, orderQty: new Decimal(units) }]);
    answers.set(units, answer);
    return answer;
  };
  const passes = (units: number): boolean => at(units)?.decision === 'ACCEPT';
  const search = regTUnits({ bounds, most, excess, isBarred: call !== null, passes });
  const turns = new Turns();
  let step = search.next();
  while (step.done !== true) {
    await turns.pause();
    step = search.next();
  }
  const { intervals, undecided } = step.value;
  const last = intervals.at(-1)?.to;
  const next = (last ?? 0) + 1;
  const isKnown = next <= most && !undecided.some(({ from, to }) => from <= next && next <= to);
  return {
    intervals: intervals.map(intervalLine),
    undecided: undecided.map(intervalLine),
    smallest: sized(intervals.at(0)?.from, at),
    largest: sized(last, at),
    refused: isKnown ? refused(next, at) : null,
    most: String(most),
    provenance: standing.provenance,
  };
}

function intervalLine({ from, to }: { readonly from: number; readonly to: number }): UnitIntervalDto {
  return { from: String(from), to: String(to) };
}

function sized(units: number | undefined, at: (units: number) => Judged | null): SizedAnswerDto | null {
  const answer = units === undefined ? null : at(units);
  return answer && { orderQty: String(units), ...inForce(answer) };
}

function refused(units: number, at: (units: number) => Judged | null): MaxQuantityReplyDto['refused'] {
  const answer = at(units);
  if (answer === null) return null;
  return { orderQty: String(units), ...inForce(answer), reasons: answer.reasons.map(reasonLine), binding: null };
}

import { type MaxQuantity, maxQuantity, type OrderUnit } from '@app/advice';
import { type AccountMargin, isGaps, type WhatIf } from '@app/margin';
import { isRegTGaps } from '@app/reg-t';
import { Decimal } from 'decimal.js';
import type { Caller } from '../auth/caller.js';
import { fieldSymbol } from '../fields/symbol.js';
import type { FieldFaults } from '../what-if/field-faults.js';
import { gapProblem } from '../what-if/gap-problem.js';
import { moneyChange } from '../what-if/money-change.js';
import { reasonLine } from '../what-if/what-if-reply.js';
import type { MaxQuantityRequestDto, OrderUnitDto, ShadowMaxQuantityRequestDto } from './max-quantity.dto.js';
import type {
  BindingClassGroupDto,
  MaxQuantityReplyDto,
  RefusedSizeDto,
  SizedAnswerDto,
} from './max-quantity-reply.dto.js';
import { regTMaxQuantity } from './reg-t-max-quantity.js';
import type { RegTStanding } from './reg-t-standing.js';
import { type Asked, isRegT, type Standing, type Standings } from './standings.js';

const MOST_UNITS = 1_000_000;

/** How many units of an order would pass. */
export class MaxQuantities {
  constructor(private readonly standings: Standings) {}

  /** @throws Problem 400, 404 and 422, naming everything that is wrong or missing. */
  async stored(accountId: string, request: MaxQuantityRequestDto, caller: Caller): Promise<MaxQuantityReplyDto> {
    return reply(request, await this.standings.storedUnderOwn(accountId, caller, asked(request)));
  }

  /** @throws Problem 400, 404 (no such snapshot) and 422, naming everything that is wrong or missing. */
  async given(request: ShadowMaxQuantityRequestDto): Promise<MaxQuantityReplyDto> {
    return reply(request, await this.standings.givenUnderOwn(request, asked(request)));
  }
}

function asked({ order }: MaxQuantityRequestDto): Asked {
  return {
    judge: (faults: FieldFaults) => {
      if (order.legs.length === 1 && order.price !== undefined && Number(order.price) < 0) {
        faults.add('/order/price', 'order.price_negative', 'The price of a single leg cannot be negative.');
      }
    },
    places: order.legs.map(({ symbol }, leg) => [fieldSymbol(symbol), `/order/legs/${leg}/symbol`]),
  };
}

function orderUnit({ price, legs }: OrderUnitDto): OrderUnit {
  return {
    clOrdId: 'max-quantity',
    price: price === undefined || price === null ? null : new Decimal(price),
    legs: legs.map(({ symbol, side, ratioQty }) => ({
      symbol: fieldSymbol(symbol),
      side,
      ratioQty: new Decimal(ratioQty),
    })),
  };
}

async function reply(request: MaxQuantityRequestDto, standing: Standing | RegTStanding): Promise<MaxQuantityReplyDto> {
  const most = Number(request.most ?? MOST_UNITS);
  const unit = orderUnit(request.order);
  if (isRegT(standing)) {
    const found = await regTMaxQuantity(standing, unit, most);
    if (isRegTGaps(found)) throw gapProblem(found, asked(request));
    return found;
  }
  const found = maxQuantity(standing, unit, most);
  if (isGaps(found)) throw gapProblem(found, asked(request));
  const { intervals, smallest, largest } = found;
  return {
    intervals: intervals.map(({ from, to }) => ({ from: String(from), to: String(to) })),
    undecided: [],
    smallest: smallest && sized(smallest.units, smallest.answer),
    largest: largest && sized(largest.units, largest.answer),
    refused: refused(found),
    most: String(most),
    provenance: standing.provenance,
  };
}

function sized(units: number, { before, after }: WhatIf): SizedAnswerDto {
  return {
    orderQty: String(units),
    requirement: moneyChange(before.requirement, after.requirement),
    equity: moneyChange(before.equity, after.equity),
    excess: moneyChange(before.equity - before.requirement, after.equity - after.requirement),
  };
}

function refused({ refused: next }: MaxQuantity): RefusedSizeDto | null {
  if (next === null || next.answer === null) return null;
  const { reasons, before, after } = next.answer;
  return {
    ...sized(next.units, next.answer),
    reasons: reasons.map(reasonLine),
    binding: binding(before, after),
  };
}

/** The class group that takes most of the excess. */
function binding(before: AccountMargin, after: AccountMargin): BindingClassGroupDto | null {
  const was = (name: string): number => before.classGroups.get(name)?.inForce.requirement ?? 0;
  const grown = [...after.classGroups.values()]
    .map((group) => ({ group, growth: group.inForce.requirement - was(group.classGroup) }))
    .filter(({ growth }) => growth > 0)
    .sort((a, b) => b.growth - a.growth || (a.group.classGroup < b.group.classGroup ? -1 : 1));
  if (grown.length === 0) return null;
  const { classGroup, inForce } = grown[0].group;
  const owed = inForce.requirement / 100;
  const rule = [inForce.scanLoss, inForce.minimumCharge].map((dollars) => owed - dollars < 0.011).indexOf(true);
  return {
    classGroup,
    requirement: moneyChange(was(classGroup), inForce.requirement),
    rule: ['SCAN_LOSS', 'MINIMUM_CHARGE'][rule] ?? 'OTHER',
    worst: inForce.grid.points[inForce.worst],
  };
}

import { isGaps, orderLines } from '@app/margin';
import { type Mark, netPositions, type Order, orderFill, orderPositions } from '@app/portfolio';
import { isRegTGaps, type RegTHolding, regTHolding } from '@app/reg-t';
import type { Execution, StoredReservation } from '@app/store';
import { Decimal } from 'decimal.js';
import { decimalFault } from '../fields/decimal-field.js';
import { invalidFields } from '../problems.js';
import { symbolsOf } from '../what-if/account-holds.js';
import { gapProblem } from '../what-if/gap-problem.js';
import type { Base } from '../what-if/base.js';
import { reservedOrders } from '../what-if/stored-orders.js';
import type { FillRequestDto } from './reservation.dto.js';
import { tooLarge } from './reservation-problems.js';

export interface Booking {
  readonly reservation: StoredReservation;
  readonly request: FillRequestDto;
  readonly base: Base;
}

/** Decimals cash is kept with. */
const CASH_DECIMALS = 10;

/**
 * What an execution changes. The snapshot says what a unit stands for; of prices only a future's mark comes in.
 * @throws Problem 400 for an order the reservation does not have, 422 for what cannot be known or stored.
 */
export async function execution({ reservation, request, base }: Booking): Promise<Execution> {
  const linked = reservedOrders(reservation);
  const orders = linked.map(({ order }) => order);
  const place = placeOf(orders, request.clOrdId);
  const lastQty = new Decimal(request.lastQty);
  const lastPx = new Decimal(request.lastPx);
  const executed: Order = { ...orders[place], orderQty: lastQty, price: lastPx };
  await base.load(symbolsOf(executed));
  const marks = await marksOf(executed, base);
  const fill = orderFill(executed, (symbol) => marks.get(symbol)!);
  if (fill === undefined) throw tooLarge();
  const trades = netPositions(fill.positions);
  const cashChange = fill.cashChange.toDecimalPlaces(CASH_DECIMALS);
  const amounts = [cashChange, ...trades.map(({ quantity }) => quantity)];
  if (amounts.some((amount) => decimalFault(amount.toFixed()) !== undefined)) throw tooLarge();
  return {
    ...{ reservationId: reservation.id, execId: request.execId, clOrdId: executed.clOrdId, place },
    ...{ orderQuantities: orders.map(({ orderQty }) => orderQty), lastQty, lastPx, cashChange, trades },
    sets: linked.map(({ oneOf }, order) =>
      linked.findIndex((other, i) => i === order || (oneOf !== null && other.oneOf === oneOf)),
    ),
  };
}

/** As the account's regime knows them. */
async function marksOf(executed: Order, base: Base): Promise<ReadonlyMap<string, Mark>> {
  if (base.account.methodology === 'REG_T') {
    const { context } = await base.regT();
    const held = orderPositions(executed).map((position) => regTHolding(position, context));
    const gaps = held.filter(isRegTGaps).flat();
    if (gaps.length > 0) throw gapProblem(gaps, { orders: [] });
    return new Map((held as RegTHolding[]).map(({ position, mark }) => [position.symbol, mark]));
  }
  const priced = orderLines(executed, { ...base.portfolioMargin().context, strictVolatility: false });
  if (isGaps(priced)) throw gapProblem(priced, { orders: [] });
  return new Map(priced.lines.map(({ position, mark }) => [position.symbol, mark]));
}

function placeOf(orders: readonly Order[], clOrdId: string | undefined): number {
  if (clOrdId === undefined && orders.length === 1) return 0;
  const place = orders.findIndex((order) => order.clOrdId === clOrdId);
  if (place >= 0) return place;
  const [code, detail] =
    clOrdId === undefined
      ? ['field.required', 'clOrdId is required: the reservation has several orders.']
      : ['order.unknown', 'The reservation has no order with this clOrdId.'];
  throw invalidFields([{ pointer: '/clOrdId', code, detail }]);
}

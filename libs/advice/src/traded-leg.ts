import { type AccountMargin, isGaps, type MarginContext } from '@app/margin';
import { underlyingOf } from '@app/market';
import type { Order } from '@app/portfolio';

/** What one leg of an order does to its class group when the order fills whole. */
export interface TradedLeg {
  readonly order: number;
  readonly leg: number;
  readonly symbol: string;
  readonly classGroup: string;
  /** Signed shares or contracts. */
  readonly quantity: number;
  /** Profit of the whole leg at each valuation point in force, dollars. */
  readonly pnl: readonly number[];
  /** Dollars of minimum charge of one unit long, and of one short. */
  readonly longCharge: number;
  readonly shortCharge: number;
}

/** Every leg that the model margins of orders that were judged: nothing of them is missing. */
export function tradedLegs(
  orders: readonly Order[],
  { before, after }: { readonly before: AccountMargin; readonly after: AccountMargin },
  { valuation, rules }: MarginContext,
): readonly TradedLeg[] {
  return orders.flatMap(({ orderQty, legs }, order) =>
    legs.flatMap(({ symbol, side, ratioQty }, leg): TradedLeg[] => {
      const underlying = underlyingOf(valuation.market.instrument(symbol)!, valuation.market)!;
      const { classGroup, productClass } = underlying;
      const isStrategy = before.strategyPositions.has(symbol) || after.strategyPositions.has(symbol);
      const group = isStrategy ? undefined : (after.classGroups.get(classGroup) ?? before.classGroups.get(classGroup));
      // Margined by strategy rules, or bought and sold again at once where no class group was ever there.
      const array = group && valuation.riskArray(symbol, group.inForce.grid);
      if (array === undefined || isGaps(array)) return [];
      const { mark } = array;
      const unit = mark.multiplier.toNumber();
      const quantity = orderQty.times(ratioQty).toNumber() * (side === 'BUY' ? 1 : -1);
      const { minimumCharge, minimumChargeCappedForLongs } = rules.inForce(classGroup, productClass);
      const charge = mark.instrument.kind === 'UNDERLYING' ? 0 : minimumCharge;
      const isCapped = minimumChargeCappedForLongs && mark.instrument.kind === 'OPTION';
      return [
        {
          ...{ order, leg, symbol, classGroup, quantity },
          pnl: Array.from(array.pnl, (pnl) => quantity * unit * pnl),
          longCharge: unit * (isCapped ? Math.min(charge, mark.price.toNumber()) : charge),
          shortCharge: unit * charge,
        },
      ];
    }),
  );
}

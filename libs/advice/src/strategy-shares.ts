import type { AccountMargin } from '@app/margin';
import { type Cents, type Order, orderPositions } from '@app/portfolio';
import { centsSplit } from './cents-split.js';

/** What strategy rules ask of a symbol changes with its quantity alone: each leg has its part of what is traded. */
export function strategyShares(
  orders: readonly Order[],
  before: AccountMargin,
  after: AccountMargin,
): readonly { readonly order: number; readonly leg: number; readonly cents: Cents }[] {
  const required = (margin: AccountMargin, symbol: string): Cents =>
    margin.strategyPositions.get(symbol)?.requirement ?? 0;
  const legs = orders.flatMap((each, order) =>
    orderPositions(each).map(({ symbol, quantity }, leg) => ({ order, leg, symbol, quantity: quantity.toNumber() })),
  );
  const symbols = [...new Set(legs.map(({ symbol }) => symbol))].filter(
    (symbol) => before.strategyPositions.has(symbol) || after.strategyPositions.has(symbol),
  );
  return symbols.flatMap((symbol) => {
    const own = legs.filter((leg) => leg.symbol === symbol);
    const traded = own.reduce((sum, { quantity }) => sum + quantity, 0);
    const change = required(after, symbol) - required(before, symbol);
    const cents = centsSplit(
      change,
      own.map(({ quantity }) => (traded === 0 ? 0 : (change * quantity) / traded)),
    );
    return own.map(({ order, leg }, i) => ({ order, leg, cents: cents[i] }));
  });
}

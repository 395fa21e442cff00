export { mark, type Mark, marketValue, sharesOf } from './mark.js';
export { type Cents, centsText, equityCents, exactCents, profitCents, requirementCents } from './money.js';
export {
  fillGain,
  type Fills,
  legsValue,
  type Order,
  type OrderLeg,
  orderFill,
  orderFills,
  orderPositions,
  type Side,
} from './order.js';
export { netPositions, type Portfolio, type Position } from './portfolio.js';
export { decimalOf, decimalSum, negated, numberOf } from './whole-number.js';
export { type LinkedSet, mostOver, type OrderLinks, orderLinks, waysToFill } from './order-links.js';
export { remainingOrders } from './remaining-orders.js';
export { isLinked, standingAlone, type WorkingOrder } from './working-order.js';

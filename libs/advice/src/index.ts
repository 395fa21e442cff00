export { type Attribution, attribution, type ClassGroupShare, type LegShare, type OrderShare } from './attribution.js';
export { type Distance, distance, wayMarkets } from './distance.js';
export { type Hedge, hedge, type HedgeLimits, type HedgeOrder } from './hedge.js';
export { hedgeable, type HedgeInstrument } from './hedge-line.js';
export { type MaxQuantity, maxQuantity, type UnitInterval } from './max-quantity.js';
export type { OrderUnit } from './multiple.js';
export type { SearchedAccount } from './searched-account.js';
export { type AccountState, type Amounts, type Cause, type Explanation, explanation } from './explanation.js';
export { type RegTUnits, regTUnits } from './reg-t-max-quantity.js';

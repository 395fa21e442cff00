export { type Attribution, attribution, type ClassGroupShare, type LegShare, type OrderShare } from './attribution.js';
export { type MaxQuantity, maxQuantity, type UnitInterval } from './max-quantity.js';
export type { OrderUnit } from './multiple.js';

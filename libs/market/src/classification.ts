import { INDEX_FAMILIES, SECTOR_FUNDS } from './index-family.js';
import type { ProductClass, UnderlyingType } from './instrument.js';

/** Where an underlying belongs when its data do not say. */
export interface Classification {
  readonly productClass: ProductClass;
  readonly classGroup: string;
  /** True where nothing is known of the fund or index, so that it gets the widest range and no company. */
  readonly assumed: boolean;
}

const FAMILY_OF_MEMBER = new Map(INDEX_FAMILIES.flatMap((family) => family.members.map((member) => [member, family])));
const SECTOR_FUND_SYMBOLS = new Set(SECTOR_FUNDS);

/**
 * The product class (its range of price moves) and the class group (what nets with it) of an underlying. Shares stand
 * alone at ±15 %. An index or fund outside the known families does as well, the strictest reading of SEC release
 * 34-46576: too wide a range costs margin, too narrow a range loses it. That includes VIX, whose options no published
 * list of ranges names.
 */
export function classification(symbol: string, type: UnderlyingType): Classification {
  if (type !== 'ETF' && type !== 'INDEX') return { productClass: 'EQUITY', classGroup: symbol, assumed: false };
  const family = FAMILY_OF_MEMBER.get(symbol);
  if (family !== undefined) {
    return { productClass: family.productClass, classGroup: family.classGroup, assumed: false };
  }
  return { productClass: 'NARROW_INDEX', classGroup: symbol, assumed: !SECTOR_FUND_SYMBOLS.has(symbol) };
}

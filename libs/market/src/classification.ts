import { INDEX_FAMILIES, SECTOR_FUNDS, VOLATILITY_INDICES } from './index-family.js';
import type { ProductClass, UnderlyingType } from './instrument.js';
import { leveragedFund } from './leveraged-fund.js';

/** What decided where an underlying belongs. */
export type ClassificationBasis =
  | 'SHARE' // a share, bond or open-end fund: alone
  | 'INDEX_TABLE' // an index of the known families, or a fund that follows one
  | 'LEVERAGED_NAME' // a fund whose name promises a multiple of a known index
  | 'SECTOR_TABLE' // a fund known to hold one sector
  | 'VOLATILITY_INDEX' // no published list of ranges names it
  | 'ASSUMED'; // nothing is known of the fund or index: the widest range, no company

/** Where an underlying belongs when its data do not say. */
export interface Classification {
  readonly productClass: ProductClass;
  readonly classGroup: string;
  readonly productGroup: string | null;
  readonly portfolioGroup: string | null;
  /** Multiple of its index: as stated, else as the name promises, else 1. */
  readonly leverage: number;
  readonly basis: ClassificationBasis;
}

const FAMILY_OF_MEMBER = new Map(INDEX_FAMILIES.flatMap((family) => family.members.map((member) => [member, family])));
const FAMILY_OF_GROUP = new Map(INDEX_FAMILIES.map((family) => [family.classGroup, family]));
const SECTOR_FUND_SYMBOLS = new Set(SECTOR_FUNDS);

/** The groups above a class group that is known to have some. */
export function groupsAbove(classGroup: string): Pick<Classification, 'productGroup' | 'portfolioGroup'> {
  const { productGroup = null, portfolioGroup = null } = FAMILY_OF_GROUP.get(classGroup) ?? {};
  return { productGroup, portfolioGroup };
}

/**
 * The product class (its range of price moves), the class group (what nets with it) and the groups above it. Shares
 * stand alone at ±15 %. An index or fund outside the known families does as well, the strictest reading of SEC release
 * 34-46576: too wide a range costs margin, too narrow a range loses it. That includes volatility indices, whose options
 * no published list of ranges names, and funds of a multiple of something unknown, whose range is that many times ±15 %.
 * A multiple that is stated beside a name that promises another is taken as it is stated, and the name's index is not.
 */
export function classification(
  symbol: string,
  type: UnderlyingType,
  name = '',
  statedLeverage: number | null = null,
): Classification {
  const alone = { classGroup: symbol, productGroup: null, portfolioGroup: null, leverage: statedLeverage ?? 1 };
  if (type !== 'ETF' && type !== 'INDEX') return { productClass: 'EQUITY', ...alone, basis: 'SHARE' };
  const family = FAMILY_OF_MEMBER.get(symbol);
  if (family !== undefined) return { ...placeOf(family), leverage: alone.leverage, basis: 'INDEX_TABLE' };
  const fund = type === 'ETF' ? leveragedFund(name) : undefined;
  const leverage = statedLeverage ?? fund?.leverage ?? 1;
  if (fund?.family && leverage === fund.leverage) return { ...placeOf(fund.family), leverage, basis: 'LEVERAGED_NAME' };
  const narrow = { productClass: 'NARROW_INDEX', ...alone, leverage } as const;
  if (SECTOR_FUND_SYMBOLS.has(symbol)) return { ...narrow, basis: 'SECTOR_TABLE' };
  return { ...narrow, basis: VOLATILITY_INDICES.includes(symbol) ? 'VOLATILITY_INDEX' : 'ASSUMED' };
}

function placeOf({ productClass, classGroup, productGroup, portfolioGroup }: (typeof INDEX_FAMILIES)[number]) {
  return { productClass, classGroup, productGroup, portfolioGroup };
}

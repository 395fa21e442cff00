import type { ProductClass } from './instrument.js';

/** An index with everything that follows it one to one: they share a class group and net in full. */
export interface IndexFamily {
  readonly classGroup: string;
  readonly productClass: ProductClass;
  readonly members: readonly string[];
}

/**
 * Ranges: SEC release 34-46576, table "Portfolio Type / Up/Down Market Move" (high-capitalisation broad-based −8/+6 %,
 * other broad-based ±10 %), and the lists of index families of themargininvestor.com, "Stress test market moves",
 * which put the Nasdaq market and the small caps at ±10 %. Class groups: OCC's Customer Portfolio Margin disclosure,
 * "the same deliverable and the deliverable itself"; Cboe's portfolio margin page offsets SPX options with SPY and
 * with DIA. Equal-weight, dividend, growth, covered-call and leveraged funds do not move as the index does: none is
 * here. A mini index (XSP, NQX) is an underlying of its own, with its own level, in its index's class group.
 */
export const INDEX_FAMILIES: readonly IndexFamily[] = [
  {
    classGroup: 'SPX',
    productClass: 'HIGH_CAP_INDEX',
    members: ['SPX', 'XSP', 'SPY', 'IVV', 'VOO', 'SPYM', 'SPLG'],
  },
  { classGroup: 'DJX', productClass: 'HIGH_CAP_INDEX', members: ['DJX', 'DIA'] },
  { classGroup: 'OEX', productClass: 'HIGH_CAP_INDEX', members: ['OEX', 'XEO', 'OEF'] },
  { classGroup: 'NDX', productClass: 'BROAD_INDEX', members: ['NDX', 'NQX', 'XND', 'QQQ', 'QQQM'] },
  { classGroup: 'RUT', productClass: 'BROAD_INDEX', members: ['RUT', 'MRUT', 'IWM', 'VTWO'] },
];

/** Funds known to hold one sector, ±15 % by the same list (gold and silver mining, oil and gas, biotech, utilities …). */
export const SECTOR_FUNDS: readonly string[] = [
  ...['XLB', 'XLC', 'XLE', 'XLF', 'XLI', 'XLK', 'XLP', 'XLRE', 'XLU', 'XLV', 'XLY'], // the Select Sector SPDRs
  ...['GDX', 'GDXJ', 'RING', 'SGDM', 'SGDJ', 'SIL', 'SILJ', 'SLVP', 'PICK', 'URA', 'XME'], // mining
  ...['OIH', 'XOP', 'IBB', 'XBI', 'XPH', 'ITB', 'XHB', 'KRE', 'KBE', 'XRT', 'IYR', 'VNQ'], // oil, biotech, pharma, homes …
  ...['SMH', 'SOXX', 'VGT', 'FTEC', 'FCOM', 'FDIS', 'XTL'], // technology, communication, consumer
];

/** Indices nobody can hold: their options are priced from futures, so that put and call do not meet at the level itself. */
export const VOLATILITY_INDICES: readonly string[] = ['VIX', 'VVIX', 'VXN', 'RVX', 'VXD'];

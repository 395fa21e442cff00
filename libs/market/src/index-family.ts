import type { ProductClass } from './instrument.js';

/** An index with everything that follows it, one to one or by a fixed multiple: they share a class group and net in full. */
export interface IndexFamily {
  readonly classGroup: string;
  readonly productClass: ProductClass;
  readonly productGroup: string;
  readonly portfolioGroup: string;
  /** What follows it one to one. */
  readonly members: readonly string[];
  /** What funds that promise a multiple of it call it, in capitals and without blanks or dashes. */
  readonly names: readonly string[];
}

/** The levels above class groups as IBKR's page on portfolio margin has them; their names are ours. */
const US_INDICES = 'US-INDICES';
const US_BROAD = { productGroup: 'US-BROAD', portfolioGroup: US_INDICES } as const;

/**
 * Ranges: SEC release 34-46576, table "Portfolio Type / Up/Down Market Move" (high-capitalisation broad-based −8/+6 %,
 * other broad-based ±10 %), and the lists of index families of themargininvestor.com, "Stress test market moves",
 * which put the Nasdaq market and the small caps at ±10 %. Class groups: OCC's Customer Portfolio Margin disclosure,
 * "the same deliverable and the deliverable itself"; Cboe's portfolio margin page offsets SPX options with SPY and
 * with DIA. Equal-weight, dividend, growth and covered-call funds do not move as the index does: none is here. Funds of
 * a multiple of the index are in its class group (themargininvestor.com on OCC's groups) and recognised by their names.
 * Product groups: OCC groups class groups of highly correlated indices; which offset each level has is in the rules.
 * Sector funds have no group above their own class: no list of them was read. A mini index (XSP, NQX) is an underlying of its own, with its own level, in its index's class group.
 */
export const INDEX_FAMILIES: readonly IndexFamily[] = [
  {
    ...{ classGroup: 'SPX', productClass: 'HIGH_CAP_INDEX', ...US_BROAD },
    members: ['SPX', 'XSP', 'SPY', 'IVV', 'VOO', 'SPYM', 'SPLG'],
    names: ['S&P500', 'SPY'],
  },
  {
    ...{ classGroup: 'DJX', productClass: 'HIGH_CAP_INDEX', ...US_BROAD },
    members: ['DJX', 'DIA'],
    names: ['DOW30', 'DOWJONES30', 'DOWJONESINDUSTRIALAVERAGE', 'DIA'],
  },
  {
    ...{ classGroup: 'OEX', productClass: 'HIGH_CAP_INDEX', ...US_BROAD },
    members: ['OEX', 'XEO', 'OEF'],
    names: ['S&P100', 'OEF'],
  },
  {
    ...{ classGroup: 'NDX', productClass: 'BROAD_INDEX', productGroup: 'US-NASDAQ', portfolioGroup: US_INDICES },
    members: ['NDX', 'NQX', 'XND', 'QQQ', 'QQQM'],
    names: ['QQQ', 'NASDAQ100'],
  },
  {
    ...{ classGroup: 'RUT', productClass: 'BROAD_INDEX', productGroup: 'US-SMALL-CAP', portfolioGroup: US_INDICES },
    members: ['RUT', 'MRUT', 'IWM', 'VTWO'],
    // Direxion's small-cap funds follow the Russell 2000 (their prospectus, from memory).
    names: ['RUSSELL2000', 'IWM', 'SMALLCAP'],
  },
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

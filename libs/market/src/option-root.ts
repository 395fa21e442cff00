/** Option roots whose letters are not those of their underlying, after the exchanges' product specifications. */
const UNDERLYING_OF_ROOT: Readonly<Record<string, string>> = {
  SPXW: 'SPX', // Cboe: settled in the afternoon
  NDXP: 'NDX', // Nasdaq: settled in the afternoon
  VIXW: 'VIX', // Cboe: weekly expiries
  RUTW: 'RUT', // Cboe: settled in the afternoon
  XEO: 'OEX', // Cboe: the European-style options on the S&P 100
  BRKB: 'BRK.B', // a root has no room for the mark of a share class
  BFB: 'BF.B',
};

/**
 * OCC adds a digit to the root of a contract whose deliverable a corporate action changed (`VXX2`, `NGD1`): its
 * multiplier no longer says what it delivers.
 */
export function isAdjustedRoot(root: string): boolean {
  return /[A-Z]\d$/.test(root);
}

/** What options of this root are written on, where nothing else says so: the root itself but for the known exceptions. */
export function underlyingOfRoot(root: string): string {
  const plain = isAdjustedRoot(root) ? root.slice(0, -1) : root;
  return UNDERLYING_OF_ROOT[plain] ?? plain;
}

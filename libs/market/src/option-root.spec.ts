import { isAdjustedRoot, underlyingOfRoot } from './option-root.js';

it.each([
  ['SPXW', 'SPX'],
  ['NDXP', 'NDX'],
  ['VIXW', 'VIX'],
  ['RUTW', 'RUT'],
  ['BRKB', 'BRK.B'],
  ['IBM', 'IBM'],
  ['VXX2', 'VXX'],
])('options of root %s are written on %s', (root, underlying) => {
  expect(underlyingOfRoot(root)).toBe(underlying);
});

it('knows an adjusted contract by the digit after its root', () => {
  expect(isAdjustedRoot('VXX2')).toBe(true);
  expect(isAdjustedRoot('NGD1')).toBe(true);
  expect(isAdjustedRoot('IBM')).toBe(false);
  expect(isAdjustedRoot('1SPX')).toBe(false);
});

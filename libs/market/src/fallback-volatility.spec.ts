import { isFallbackVolatility } from './fallback-volatility.js';

it.each([
  ['GIVEN', false],
  ['SOLVED', false],
  ['NEIGHBOUR_STRIKE', true],
  ['PARITY_PARTNER', true],
  ['FLOOR', true],
  [null, false],
] as const)('%s is a fallback: %s', (source, fallback) => {
  expect(isFallbackVolatility(source)).toBe(fallback);
});

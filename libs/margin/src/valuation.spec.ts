import { marketOf, option, SEPTEMBER, share } from '../../../test/support/sample-market.js';
import { isGaps } from './gap.js';
import { scenarioGrid } from './scenario.js';
import { valuation } from './valuation.js';

const call = option('XYZ', SEPTEMBER, 'CALL', 100);
const priced = valuation(marketOf([share('XYZ', '100'), call]));
const down = scenarioGrid([{ priceMove: -0.1, volMove: 0 }]);
const up = scenarioGrid([{ priceMove: 0.1, volMove: 0 }]);

it('a risk array is computed once for an instrument and a grid', () => {
  const array = priced.riskArray(call.symbol, down);
  expect(priced.riskArray(call.symbol, down)).toBe(array);
  expect(priced.riskArray(call.symbol, scenarioGrid([...down.points]))).toBe(array);
  expect(priced.riskArray(call.symbol, up)).not.toBe(array);
  expect(priced.riskArray('XYZ', down)).not.toBe(array);
});

it('an unknown symbol is a gap', () => {
  const missing = priced.riskArray('NONE', down);
  expect(isGaps(missing) && missing.map(({ code, symbol }) => ({ code, symbol }))).toEqual([
    { code: 'symbol.unknown', symbol: 'NONE' },
  ]);
});

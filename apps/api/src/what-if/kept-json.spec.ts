import { moneyChange } from './money-change.js';
import { keptJson, wholeJson, writtenJson } from './kept-json.js';

describe('writtenJson', () => {
  const rule = { parameter: 'priceMove.down', value: -0.15, 'quoted "name"': null };
  const kept = keptJson({ ...rule, list: [1, { two: '"2" — €\u2028\u0001' }] });
  const values: readonly object[] = [
    {},
    { decision: 'ACCEPT', isFirst: true, none: null, gone: undefined, number: 0.1, text: 'é"\\\n' },
    { gone: undefined, rules: [kept, rule, kept], flags: [], own: kept, nested: { own: kept } },
    { isLast: false, requirement: moneyChange(-1234, 5), other: { excess: moneyChange(0, 1e14) } },
    { rules: [rule, [kept], null, 1, 'x'], empty: keptJson([]), list: keptJson([rule]) },
  ];

  it('is what JSON.stringify writes', () => {
    for (const value of values) expect(wholeJson(writtenJson(value))).toBe(JSON.stringify(value));
  });

  it('is one object of several, and says which long parts others have as well', () => {
    const long = keptJson({ text: 'x'.repeat(200) });
    const pieces = writtenJson({ a: 1, long }, {}, { again: long, kept });
    expect(wholeJson(pieces)).toBe(JSON.stringify({ a: 1, long, again: long, kept }));
    const shared = pieces.filter((piece) => typeof piece !== 'string');
    expect(shared.map((each) => each.text)).toEqual([JSON.stringify(long), JSON.stringify(long)]);
    expect(shared[0].bytes.toString()).toBe(shared[0].text);
    expect(shared[0].digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

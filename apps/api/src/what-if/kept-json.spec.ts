import { jsonText, keptJson } from './kept-json.js';

describe('jsonText', () => {
  const rule = { parameter: 'priceMove.down', value: -0.15, 'quoted "name"': null };
  const kept = keptJson({ ...rule, list: [1, { two: '"2" — €\u2028\u0001' }] });
  const values: readonly object[] = [
    {},
    { decision: 'ACCEPT', isFirst: true, none: null, gone: undefined, number: 0.1, text: 'é"\\\n' },
    { gone: undefined, rules: [kept, rule, kept], flags: [], own: kept, nested: { own: kept } },
    { rules: [rule, [kept], null, 1, 'x'], empty: keptJson([]), list: keptJson([rule]) },
  ];

  it('is what JSON.stringify writes', () => {
    for (const value of values) expect(jsonText(value)).toBe(JSON.stringify(value));
  });
});

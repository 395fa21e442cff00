import { keptJson, writtenJson } from './kept-json.js';

describe('writtenJson', () => {
  const rule = { parameter: 'priceMove.down', value: -0.15, 'quoted "name"': null };
  const kept = keptJson({ ...rule, list: [1, { two: '"2" — €\u2028\u0001' }] });
  const values: readonly object[] = [
    {},
    { decision: 'ACCEPT', isFirst: true, none: null, gone: undefined, number: 0.1, text: 'é"\\\n' },
    { gone: undefined, rules: [kept, rule, kept], flags: [], own: kept, nested: { own: kept } },
    { rules: [rule, [kept], null, 1, 'x'], empty: keptJson([]), list: keptJson([rule]) },
  ];

  it('is what JSON.stringify writes', () => {
    for (const value of values) expect(writtenJson(value).text).toBe(JSON.stringify(value));
  });

  it('is one object of several, and says which long parts others have as well', () => {
    const long = keptJson({ text: 'x'.repeat(200) });
    const { text, shared } = writtenJson({ a: 1, long }, {}, { again: long, kept });
    expect(text).toBe(JSON.stringify({ a: 1, long, again: long, kept }));
    expect(shared.map((each) => each.text)).toEqual([JSON.stringify(long)]);
    expect(shared[0].digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

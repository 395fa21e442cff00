import * as fc from 'fast-check';
import { jsonScan } from './json-scan.js';
import { plainJson } from './plain-json.js';

const RUNS = { seed: 20_261_201, numRuns: 5_000 };

/** JSON, or nearly: with names that occur twice, escapes, numbers of every kind, and signs of the grammar in strings. */
const { value: nearlyJson } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('true', 'false', 'null', '0', '-0', '1e400', '12345678901234567890', '1.5', '"a"', '"a:b"', '""'),
    fc.constantFrom('"\\u0000"', '"\\ud800"', '"é€😀"', '"\\""', '":"', '"__proto__"', 'x', '"\u0001"'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'a:', '__proto__', 'constructor', '\\u0061'), tie('value')), {
        maxLength: 3,
      })
      .map((members) => `{${members.map(([name, member]) => `"${name}" :${member}`).join(', ')}}`),
  ),
}));

it('is a value only where a scan finds nothing, and then what JSON.parse reads', () => {
  let plain = 0;
  fc.assert(
    fc.property(nearlyJson, (text) => {
      const value = plainJson(text);
      if (value === undefined) return;
      plain++;
      expect(jsonScan(text)).toEqual({ syntaxErrorAt: null, faults: [] });
      expect(value).toEqual(JSON.parse(text));
    }),
    RUNS,
  );
  expect(plain).toBeGreaterThan(RUNS.numRuns / 10);
});

it('is one where texts are as order systems send them', () => {
  const text = '{"orders":[{"clOrdId":"T-1","orderQty":"10","legs":[{"symbol":"IBM","side":"SELL"}]}],"include":[]}';
  expect(plainJson(text)).toEqual(JSON.parse(text));
});

it.each([
  ['a name twice', '{"a":"1","b":"2","a":"3"}'],
  ['a name twice, one in an object', '{"a":{"b":"1","b":"2"}}'],
  ['a number', '{"a":1}'],
  ['an escape', '{"a":"\\n"}'],
  ['a colon in a string', '{"a":"1:2"}'],
  ['the name of a prototype', '{"__proto__":"1"}'],
  ['no JSON', '{"a":'],
  ['deep nesting', '['.repeat(40) + ']'.repeat(40)],
  ['very long text', JSON.stringify('x'.repeat(70_000))],
])('looks closer at %s', (_, text) => {
  expect(plainJson(text)).toBeUndefined();
});

import * as fc from 'fast-check';
import { jsonScan } from './json-scan.js';

const found = (text: string): string[] => jsonScan(text).faults.map(({ pointer, code }) => `${pointer} ${code}`);
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('jsonScan', () => {
  it.each([
    ['{"a":1,"a":2}', ['/a json.duplicate_key']],
    ['{"a":{"b":1,"\\u0062":2}}', ['/a/b json.duplicate_key']],
    [
      '[{"__proto__":1},{"constructor":{"prototype":1}}]',
      [
        '/0/__proto__ json.forbidden_key',
        '/1/constructor json.forbidden_key',
        '/1/constructor/prototype json.forbidden_key',
      ],
    ],
    ['{"\\u005f_proto__":1}', ['/__proto__ json.forbidden_key']],
    ['{"a":"x\\u0000y"}', ['/a json.nul_character']],
    ['{"a\\u0000":1}', ['/a\ufffd json.nul_character']],
    ['["\\ud83d","\\ud83d\\ude00","\\ude00\\ud83d"]', ['/0 json.lone_surrogate', '/2 json.lone_surrogate']],
    ['["\ud83d"]', ['/0 json.lone_surrogate']],
    ['{"\\udc00":1}', ['/\ufffd json.lone_surrogate']],
    ['[-0,-0.0,0,-0e5]', ['/0 json.negative_zero', '/1 json.negative_zero', '/3 json.negative_zero']],
    ['[9007199254740993,9007199254740992]', ['/0 json.number_inexact']],
    ['[1.0000000000000001,0.17488446047247322,0.1]', ['/0 json.number_inexact']],
    [`[0.${'1'.repeat(40)},${'7'.repeat(40)}]`, ['/0 json.number_inexact', '/1 json.number_inexact']],
    [
      '[1e400,-1e400,1e-400,1e308,1e-11,1E+2,0e999]',
      ['/0 json.number_range', '/1 json.number_range', '/2 json.number_range'],
    ],
    ['{"a/b~c":-0}', ['/a~1b~0c json.negative_zero']],
    [
      '{"a":1,"b":[{"c":1,"c":-0}],"a":"\\u0000"}',
      ['/b/0/c json.duplicate_key', '/b/0/c json.negative_zero', '/a json.duplicate_key', '/a json.nul_character'],
    ],
  ])('names what is wrong in %s', (text, faults) => {
    expect(found(text)).toEqual(faults);
    expect(jsonScan(text).syntaxErrorAt).toBeNull();
  });

  it('finds a repeated name among many', () => {
    const names = Array.from({ length: 5000 }, (_, i) => `"k${i}":0`);
    expect(found(`{${names.join()},"k4999":1,"k3":1}`)).toEqual([
      '/k4999 json.duplicate_key',
      '/k3 json.duplicate_key',
    ]);
  });

  it('keeps the names of neighbours and children apart', () => {
    expect(found('[{"a":{"a":{"a":1}}},{"a":1,"b":{"a":1,"b":1}}]')).toEqual([]);
  });

  it('stops at the depth and the number of values that are allowed', () => {
    expect(found('['.repeat(32) + ']'.repeat(32))).toEqual([]);
    expect(found('['.repeat(2000) + ']'.repeat(2000))).toEqual([`${'/0'.repeat(32)} json.too_deep`]);
    expect(found('{"a":'.repeat(2000))).toEqual([`${'/a'.repeat(32)} json.too_deep`]);
    expect(found(`[${'0,'.repeat(200_000)}0]`)).toEqual(['/199999 json.too_many_values']);
  });

  it('bounds the number of faults and the length of pointers', () => {
    const { faults } = jsonScan(`{"${'k'.repeat(100_000)}":[${'-0,'.repeat(500)}0]}`);
    expect(faults).toHaveLength(101);
    expect(faults[0].pointer).toBe('');
  });

  it.each([
    ['', 0],
    ['{', 1],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['[1,]', 3],
    ['[01]', 2],
    ['[1.]', 3],
    ['[+1]', 1],
    ['"a', 2],
    ['"\\x"', 2],
    ['"\\u12g4"', 5],
    ['"\n"', 1],
    ['[1] 2', 4],
    ['nul', 0],
    ['\ufeff{}', 0],
    ['NaN', 0],
  ])('says where %j stops being JSON', (text, at) => {
    expect(jsonScan(text).syntaxErrorAt).toBe(at);
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const character = fc.constantFrom(
      ...'{}[]:,"\\u0019aeE+-. \n\u0001tfn'.split(''),
      'true',
      'null',
      '\\u0041',
      '"a"',
      '1e5',
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        expect(jsonScan(text).syntaxErrorAt === null).toBe(isJson(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it('agrees with JSON.parse on valid documents with one character changed', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(), fc.string({ maxLength: 2 }), (json, at, put) => {
        expect(jsonScan(json).syntaxErrorAt).toBeNull();
        const i = at % (json.length + 1);
        const changed = json.slice(0, i) + put + json.slice(i + 1);
        expect(jsonScan(changed).syntaxErrorAt === null).toBe(isJson(changed));
      }),
      { numRuns: 3000 },
    );
  });
});

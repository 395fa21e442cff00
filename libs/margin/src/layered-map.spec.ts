import * as fc from 'fast-check';
import { changedKeys, LayeredMap } from './layered-map.js';

interface Entry {
  readonly n: number;
}

const keys = fc.integer({ min: 0, max: 60 }).map(String);
const changes = fc.array(fc.tuple(keys, fc.option(fc.integer(), { nil: undefined })), { maxLength: 12 });

it('a changed copy holds what a plain map would, and the map it came from stays as it was', () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 20 }), (rounds) => {
      const plain = new Map<string, Entry>();
      let layered = LayeredMap.of<Entry>();
      for (const round of rounds) {
        const old = layered;
        const held = new Map(plain);
        const given = new Map(round.map(([key, n]) => [key, n === undefined ? undefined : { n }]));
        layered = layered.with(given);
        for (const [key, value] of given) {
          if (value === undefined) plain.delete(key);
          else plain.set(key, value);
        }
        expect(new Map(layered)).toEqual(plain);
        expect(layered.size).toBe(plain.size);
        expect(new Map(old)).toEqual(held);
        const differ = [...new Set([...plain.keys(), ...held.keys()])].filter(
          (key) => plain.get(key) !== held.get(key),
        );
        expect([...changedKeys(old, layered)].sort()).toEqual(differ.sort());
        for (let key = 0; key < 60; key++) expect(layered.get(String(key))).toBe(plain.get(String(key)));
      }
    }),
    { seed: 20_260_821, numRuns: 200 },
  );
});

it('reads like a map: keys, values, and each of them', () => {
  const map = LayeredMap.of(new Map([['a', { n: 1 }]])).with(new Map([['b', { n: 2 }]]));
  const seen: string[] = [];
  map.forEach(({ n }, key) => seen.push(`${key}${n}`));
  expect([[...map.keys()], [...map.values()], seen]).toEqual([
    ['a', 'b'],
    [{ n: 1 }, { n: 2 }],
    ['a1', 'b2'],
  ]);
});

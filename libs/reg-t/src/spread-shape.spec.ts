import type { OptionLine } from './line.js';
import { spreadParts } from './spread-part.js';

/** `+2 C100` is two long calls at 100; `@2` expires a month later. */
function parts(...legs: string[]): string[] {
  const lines = legs.map((text): OptionLine => {
    const [, quantity, right, strike, later] = /^([+-]\d+) ([CP])(\d+)(@2)?$/.exec(text)!;
    return {
      kind: 'OPTION',
      symbol: text,
      underlying: 'XYZ',
      quantity: Number(quantity),
      right: right === 'C' ? 'CALL' : 'PUT',
      strike: Number(strike),
      premium: 1,
      spot: 100,
      rates: { rate: 0.2, minimum: 0.1 },
      expiry: later === undefined ? '2026-09-18' : '2026-10-16',
      exercise: 'AMERICAN',
      multiplier: 100,
      long: { requirement: 0, marginValue: 0 },
      isLongTerm: false,
      index: null,
    };
  });
  const group = { underlying: 'XYZ', expiry: '2026-09-18', members: lines.map((_, i) => i) };
  const counts = lines.map(({ quantity }) => Math.abs(quantity));
  return spreadParts(lines, group, counts).map(({ formula, loss }) => `${formula} ${loss}`);
}

describe('what a group holds', () => {
  it('comes in two-legged spreads where that costs no more', () => {
    expect(parts('+1 C95', '-1 C105')).toEqual(['SPREAD 0']);
    expect(parts('+1 C95', '-1 C100', '+1 C105', '-1 C110')).toEqual(['SPREAD 0', 'SPREAD 0']);
    expect(parts('+1 P540', '-2 P550', '+1 P555')).toEqual(['BUTTERFLY 500']);
    expect(parts('-1 P95', '+2 P100', '-1 P105')).toEqual(['SPREAD 0', 'SPREAD 500']);
  });

  it.each([
    ['BUTTERFLY', ['+1 C545', '-2 C550', '+1 C565']],
    ['CONDOR', ['+1 C90', '-1 C95', '-1 C100', '+1 C107']],
    ['IRON_CONDOR', ['+2 P90', '-2 P95', '-2 C105', '+2 C110']],
    ['IRON_BUTTERFLY', ['+1 P90', '-1 P100', '-1 C100', '+1 C110']],
    ['BOX', ['-1 C95', '+1 C105', '+1 P95', '-1 P105']],
    ['UNIVERSAL_SPREAD', ['+1 P90', '-1 P95', '-1 C105', '+1 C110@2']],
  ])('is named %s', (name, legs) => {
    const formed = parts(...legs);
    expect(formed.map((text) => text.split(' ')[0])).toEqual([name]);
  });
});

import { canonicalSymbol } from './canonical-symbol.js';

describe('canonicalSymbol', () => {
  it.each([
    ['IBM070421C00100000', 'IBM   070421C00100000'],
    ['IBM   070421C00100000', 'IBM   070421C00100000'],
    ['SPY', 'SPY'],
    ['BRK.B', 'BRK.B'],
    ['BRK-B', 'BRK-B'],
    ['ESH7', 'ESH7'],
  ])('spells %s as %s', (text, canonical) => {
    expect(canonicalSymbol(text)).toBe(canonical);
  });

  it.each(['', ' ', 'spy', '.SPX', 'SPY ', 'A|B', 'SPY\n', '\u0000', 'ABCDEFGHIJKLMNOP', 'IBM   070431C00100000'])(
    'knows no instrument %j',
    (text) => expect(canonicalSymbol(text)).toBeUndefined(),
  );
});

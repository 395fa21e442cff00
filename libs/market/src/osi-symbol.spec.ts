import { osiSymbol, osiSymbolText } from './osi-symbol.js';

describe('osiSymbol', () => {
  it('reads the padded and the unpadded form alike', () => {
    const parts = { root: 'IBM', expiry: '2007-04-21', right: 'CALL', strike: 100, symbol: 'IBM   070421C00100000' };
    expect(osiSymbol('IBM   070421C00100000')).toEqual(parts);
    expect(osiSymbol('IBM070421C00100000')).toEqual(parts);
  });

  it.each([
    ['VXX2  260116C00001000', 'VXX2', 1],
    ['NGD1  261120P00005500', 'NGD1', 5.5],
    ['GOOGL 280121P00525000', 'GOOGL', 525],
    ['ABCDEF260116P00000001', 'ABCDEF', 0.001],
    ['1SPX  260116C07000000', '1SPX', 7000],
    ['NDXP  240322C18300000', 'NDXP', 18300],
  ])('reads %s', (text, root, strike) => {
    expect(osiSymbol(text)).toMatchObject({ root, strike, symbol: text });
  });

  it.each([
    '',
    'IBM',
    'IBM  070421C00100000', // padded to five
    'IBM    070421C00100000',
    ' IBM  070421C00100000',
    'IBM   070431C00100000', // 31 April
    'IBM   070421X00100000',
    'IBM   070421C00000000', // strike 0
    'IBM   070421C0010000',
    'ibm   070421C00100000',
    'ABCDEFG070421C00100000', // a root of seven
    '123   070421C00100000', // no letter
    '      070421C00100000',
    'IBM\u00a0\u00a0\u00a0070421C00100000',
  ])('refuses "%s"', (text) => {
    expect(osiSymbol(text)).toBeUndefined();
  });
});

describe('osiSymbolText', () => {
  it('pads the root and writes the strike in thousandths', () => {
    expect(osiSymbolText({ root: 'SPXW', expiry: '2026-08-24', right: 'PUT', strike: 7674.5 })).toBe(
      'SPXW  260824P07674500',
    );
  });

  it.each([
    { root: 'TOOLONG', strike: 1, expiry: '2026-08-24' },
    { root: 'IBM', strike: 0.0005, expiry: '2026-08-24' },
    { root: 'IBM', strike: 100_000, expiry: '2026-08-24' },
    { root: 'IBM', strike: Number.NaN, expiry: '2026-08-24' },
    { root: 'IBM', strike: 1, expiry: '1999-08-24' },
  ])('throws on what cannot be listed: %p', (parts) => {
    expect(() => osiSymbolText({ right: 'CALL', ...parts })).toThrow(RangeError);
  });
});

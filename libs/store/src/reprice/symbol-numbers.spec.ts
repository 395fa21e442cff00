import fc from 'fast-check';
import { SymbolNumbers } from './symbol-numbers.js';

/** The number of a symbol in the middle of other bytes, where no word of it begins at a multiple of four. */
function numberWithin(numbers: SymbolNumbers, symbol: string): number {
  const bytes = Buffer.from(`...${symbol}...`, 'latin1');
  return numbers.of(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 3, 3 + symbol.length);
}

describe('numbers of symbols', () => {
  it('are given in the order in which symbols are first seen', () => {
    const numbers = new SymbolNumbers();
    const seen = ['HLVN', 'HLVN  260717C00225000', 'H', 'HLVN', 'HLVN  260717C00225001', 'H'];
    expect(seen.map((symbol) => numberWithin(numbers, symbol))).toEqual([0, 1, 2, 0, 3, 2]);
    expect(numbers.number('HLVN  260717C00225001')).toBe(3);
    expect(numbers.symbol(1)).toBe('HLVN  260717C00225000');
    expect(numbers.count).toBe(4);
  });

  it('tell any symbols apart and know them again', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 30 }), { maxLength: 200 }), (symbols) => {
        const numbers = new SymbolNumbers();
        const first = symbols.map((symbol) => numberWithin(numbers, symbol));
        expect(numbers.count).toBe(new Set(symbols).size);
        expect(symbols.map((symbol) => numberWithin(numbers, symbol))).toEqual(first);
        expect(first.map((number) => numbers.symbol(number))).toEqual(symbols);
      }),
      { numRuns: 100 },
    );
  });

  it('stay what they were when there are many', () => {
    const numbers = new SymbolNumbers();
    const symbols = Array.from({ length: 100_000 }, (_, number) => `SPXW  260821C${String(number).padStart(8, '0')}`);
    symbols.forEach((symbol, number) => {
      if (numberWithin(numbers, symbol) !== number) throw new Error(`${symbol} is not ${number}`);
    });
    const wrong = symbols.filter((symbol, number) => numberWithin(numbers, symbol) !== number);
    expect(wrong).toEqual([]);
    expect(numbers.symbol(99_999)).toBe(symbols[99_999]);
  });
});

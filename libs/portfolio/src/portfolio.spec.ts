import { Decimal } from 'decimal.js';
import { netPositions } from './portfolio.js';

const net = (...lines: readonly (readonly [string, string])[]): string[] =>
  netPositions(lines.map(([symbol, quantity]) => ({ symbol, quantity: new Decimal(quantity) }))).map(
    ({ symbol, quantity }) => `${symbol} ${quantity.toFixed()}`,
  );

describe('positions', () => {
  it('of one symbol net, long against short', () => {
    expect(net(['IBM', '100'], ['IBM', '-30'], ['IBM', '5'])).toEqual(['IBM 75']);
    expect(net(['IBM', '10'], ['IBM', '-25'])).toEqual(['IBM -15']);
  });

  it('that net to nothing are gone', () => {
    expect(net(['IBM', '100'], ['IBM', '-100'])).toEqual([]);
    expect(net(['IBM', '0'])).toEqual([]);
    expect(net()).toEqual([]);
  });

  it('stand in the order of their symbols by code unit, whatever order they came in', () => {
    const sorted = ['A 1', 'IBM 2', 'IBM   070421C00100000 3', 'a 4'];
    expect(net(['a', '4'], ['IBM   070421C00100000', '3'], ['A', '1'], ['IBM', '2'])).toEqual(sorted);
    expect(net(['IBM', '2'], ['A', '1'], ['a', '4'], ['IBM   070421C00100000', '3'])).toEqual(sorted);
  });

  it('keep every digit of their sum', () => {
    expect(net(['IBM', '123456789012345678'], ['IBM', '0.0000000001'])).toEqual(['IBM 123456789012345678.0000000001']);
  });
});

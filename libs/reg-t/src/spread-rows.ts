import { optionAt, type PairingBook } from './assignment.js';
import type { ProgramRow } from './integer-program.js';
import type { SpreadGroup } from './spread-group.js';
import { intrinsicValue, spreadPrices } from './spread-loss.js';

/** What makes a group's members a spread: columns from `first` on are their contracts, `loss` is its loss. */
export function spreadRows(book: PairingBook, group: SpreadGroup, first: number, loss: number): ProgramRow[] {
  return [...balanceRows(book, group, first), ...lossRows(book, group, first, loss)];
}

/** As many shares long as short, among the calls and among the puts. */
function balanceRows(book: PairingBook, { members }: SpreadGroup, first: number): ProgramRow[] {
  return (['CALL', 'PUT'] as const).flatMap((right) => {
    const side = members.flatMap((line, i) => {
      const option = optionAt(book, line);
      const shares = Math.sign(option.quantity) * option.multiplier;
      return option.right === right ? [{ column: first + i, shares }] : [];
    });
    if (side.length === 0) return [];
    return [
      { lower: 0, upper: 0, indices: side.map(({ column }) => column), values: side.map(({ shares }) => shares) },
    ];
  });
}

/** loss + Σ contracts × intrinsic value ≥ 0 at every price where the group's value can be least. */
function lossRows(book: PairingBook, { members }: SpreadGroup, first: number, loss: number): ProgramRow[] {
  const options = members.map((line) => optionAt(book, line));
  return spreadPrices(options.map(({ strike }) => strike)).flatMap((price) => {
    const legs = options.flatMap(({ right, strike, multiplier, quantity }, i) => {
      const value = intrinsicValue([{ right, strike, shares: Math.sign(quantity) * multiplier }], price);
      return value === 0 ? [] : [{ column: first + i, value }];
    });
    if (!legs.some(({ value }) => value < 0)) return [];
    return [
      {
        lower: 0,
        upper: Infinity,
        indices: [...legs.map(({ column }) => column), loss],
        values: [...legs.map(({ value }) => value), 1],
      },
    ];
  });
}

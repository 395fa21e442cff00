import { isLong, type Line, type OptionLine } from './line.js';

/** A line and its place in the list of lines. */
export interface Held<L extends Line> {
  readonly line: L;
  readonly index: number;
}

/** The options on one underlying by what they are. */
export interface OptionBook {
  readonly shortCalls: readonly Held<OptionLine>[];
  readonly shortPuts: readonly Held<OptionLine>[];
  readonly longCalls: readonly Held<OptionLine>[];
  readonly longPuts: readonly Held<OptionLine>[];
}

export function optionBook(options: readonly Held<OptionLine>[]): OptionBook {
  const select = (right: OptionLine['right'], long: boolean): Held<OptionLine>[] =>
    options.filter(({ line }) => line.right === right && isLong(line) === long);
  return {
    shortCalls: select('CALL', false),
    shortPuts: select('PUT', false),
    longCalls: select('CALL', true),
    longPuts: select('PUT', true),
  };
}

/** All pairs whose lines go together. */
export function pairs(
  firsts: readonly Held<OptionLine>[],
  seconds: readonly Held<OptionLine>[],
  goTogether: (first: OptionLine, second: OptionLine) => boolean,
): (readonly [Held<OptionLine>, Held<OptionLine>])[] {
  return firsts.flatMap((first) =>
    seconds.filter(({ line }) => goTogether(first.line, line)).map((second) => [first, second] as const),
  );
}

export function sameSize(first: OptionLine, second: OptionLine): boolean {
  return first.multiplier === second.multiplier;
}

export function sameSizeAndExpiry(first: OptionLine, second: OptionLine): boolean {
  return sameSize(first, second) && first.expiry === second.expiry;
}

import type { CalendarDate } from '@app/market';
import { isLong, type Line, type OptionLine } from './line.js';
import { type SpreadLeg, spreadLoss } from './spread-loss.js';

/**
 * Options that may form one spread of any number of legs: of one underlying and exercise style, no short expiring
 * after `expiry`, no long before it, so that every short expires on or before every long. What is in one group is
 * always carried as one spread: the greatest loss of a sum is at most the sum of the greatest losses.
 */
export interface SpreadGroup {
  readonly underlying: string;
  readonly expiry: CalendarDate;
  /** Places in the list of lines, ascending. */
  readonly members: readonly number[];
}

/** The groups of the lines: one for each expiry of a short, for any other date admits no more than one of these. */
export function spreadGroups(lines: readonly Line[]): SpreadGroup[] {
  const styles = new Map<string, number[]>();
  lines.forEach((line, index) => {
    if (line.kind !== 'OPTION') return;
    const key = `${line.underlying} ${line.exercise}`;
    const members = styles.get(key);
    if (members === undefined) styles.set(key, [index]);
    else members.push(index);
  });
  return [...styles.values()].flatMap((style) => {
    const options = style.map((index) => ({ index, line: lines[index] as OptionLine }));
    const expiries = new Set(options.filter(({ line }) => !isLong(line)).map(({ line }) => line.expiry));
    return [...expiries].sort().flatMap((expiry) => {
      const admitted = options.filter(({ line }) => (isLong(line) ? line.expiry >= expiry : line.expiry <= expiry));
      const members = admitted.filter(({ line }) => hasOpposite(line, admitted)).map(({ index }) => index);
      return members.length === 0 ? [] : [{ underlying: options[0].line.underlying, expiry, members }];
    });
  });
}

/** A leg without a leg of the other sign and the same right can be in no spread. */
function hasOpposite(line: OptionLine, others: readonly { readonly line: OptionLine }[]): boolean {
  return others.some((other) => other.line.right === line.right && isLong(other.line) !== isLong(line));
}

/** `counts[i]` contracts (≥ 0) of the group's i-th member, as the legs of a spread. */
export function spreadLegs(lines: readonly Line[], group: SpreadGroup, counts: readonly number[]): SpreadLeg[] {
  return group.members.flatMap((member, i) => {
    const { right, strike, multiplier, quantity } = lines[member] as OptionLine;
    return counts[i] === 0 ? [] : [{ right, strike, shares: Math.sign(quantity) * counts[i] * multiplier }];
  });
}

/** The greatest loss of a group's spread, dollars. */
export function groupLoss(lines: readonly Line[], group: SpreadGroup, counts: readonly number[]): number {
  return spreadLoss(spreadLegs(lines, group, counts));
}

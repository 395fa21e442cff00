import { zeros } from './zeros.js';

/** One member's part in a group: a class group in its product group, a product group in its portfolio group. Dollars. */
export interface GroupMember {
  /** At the same points for all members, + is a gain. */
  readonly profits: readonly number[];
  /** What it loses at its worst by itself. */
  readonly scanLoss: number;
  /** Its minimum charge, carried up. */
  readonly minimum: number;
  /** What it requires by itself: the greater of the two, or more. */
  readonly requirement: number;
}

/**
 * Members combined at each point: losses in full, gains at the offset (15c3-1a; OCC: "a certain percentage of a class
 * group's net profit offsets the net loss of the other class groups at each underlying price point"). The loss is never
 * below zero and never above the members' own together; minimum charges add up and are compared with it again. What has
 * no offset is not combined: members stand beside each other, each with its own worst point, and so they do in the
 * group above.
 */
export function groupRequirement(members: readonly GroupMember[], offset: number): GroupMember {
  const sum = (of: (member: GroupMember) => number): number => members.reduce((total, member) => total + of(member), 0);
  const minimum = sum((member) => member.minimum);
  const standAlone = sum((member) => member.scanLoss);
  if (members.length === 1) return members[0];
  if (offset === 0) {
    const profits = zeros(members[0].profits.length).fill(-standAlone);
    return { profits, scanLoss: standAlone, minimum, requirement: sum((member) => member.requirement) };
  }
  const profits = zeros(members[0].profits.length);
  for (const member of members) {
    for (let k = 0; k < profits.length; k++) {
      const profit = member.profits[k];
      profits[k] += profit > 0 ? offset * profit : profit;
    }
  }
  const scanLoss = Math.min(standAlone, Math.max(0, -Math.min(...profits)));
  return { profits, scanLoss, minimum, requirement: Math.max(scanLoss, minimum) };
}

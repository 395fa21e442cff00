import { type GroupMember, groupRequirement } from './group-requirement.js';

const member = (profits: readonly number[], minimum = 0): GroupMember => {
  const scanLoss = Math.max(0, -Math.min(...profits));
  return { profits, scanLoss, minimum, requirement: Math.max(scanLoss, minimum) };
};

describe('a group', () => {
  it('takes losses in full and gains at the offset, at the same point', () => {
    const group = groupRequirement([member([-100, 50]), member([80, -40])], 0.5);
    expect([...group.profits]).toEqual([-60, -15]);
    expect(group).toMatchObject({ scanLoss: 60, requirement: 60 });
  });

  it('never loses more than its members by themselves', () => {
    const group = groupRequirement([member([-100, 0]), member([-100, 10])], 0.9);
    expect(group.scanLoss).toBe(200);
  });

  it('owes its members’ minimums together where they are greater', () => {
    const group = groupRequirement([member([-10, 10], 30), member([10, -10], 20)], 0.9);
    expect(group).toMatchObject({ minimum: 50, requirement: 50 });
    expect(group.scanLoss).toBeCloseTo(1, 12);
  });

  it('of one member is that member', () => {
    const alone = member([-100, 50], 30);
    expect(groupRequirement([alone], 0.9)).toBe(alone);
  });

  it('without an offset is its members side by side, each at its own worst, and gains nothing in the group above', () => {
    const group = groupRequirement([member([-100, 50], 120), member([50, -40])], 0);
    expect(group).toMatchObject({ scanLoss: 140, requirement: 160 });
    expect([...group.profits]).toEqual([-140, -140]);
    const above = groupRequirement([group, member([1000, 1000])], 0.5);
    expect(above.scanLoss).toBe(0);
  });
});

import { type Cents, requirementCents } from '@app/portfolio';
import type { AccountRules } from '@app/rules';
import type { ClassGroup } from './class-group-after.js';
import type { Carried } from './class-group.js';
import { profitAt } from './class-sums.js';
import { type GroupMember, groupRequirement } from './group-requirement.js';
import { type ScenarioGrid, sortedGrid, type ValuationPoint } from './scenario.js';
import { doubles } from './zeros.js';

/** A group's margin under one set of numbers. */
export interface CombinedMargin {
  /** Loss at the worst point after offsets, dollars. */
  readonly scanLoss: number;
  /** Of its class groups together, dollars. */
  readonly minimumCharge: number;
  readonly requirement: Cents;
  /** What its class groups require standing alone, together. */
  readonly standAlone: Cents;
}

/** Class groups that are combined with offsets: a product group, or a portfolio group of several. */
export interface ProductGroup {
  /** Tells it from every other: its own name, or its portfolio group's. */
  readonly key: string;
  readonly portfolioGroup: string | null;
  readonly productGroups: readonly Part[];
  readonly regulatory: CombinedMargin;
  /** The same object as `regulatory` where no house rule changes it. */
  readonly inForce: CombinedMargin;
}

/** One product group of it. */
export interface Part {
  readonly productGroup: string;
  readonly classGroups: readonly string[];
  /** Of gains, in the rule book and in force. */
  readonly regulatoryOffset: number;
  readonly offset: number;
}

export interface GroupRules {
  readonly regulatoryAccount: AccountRules;
  readonly account: AccountRules;
}

/** Null for a class group that combines with no other. */
export function groupKey({
  productGroup,
  portfolioGroup,
}: Pick<ClassGroup, 'productGroup' | 'portfolioGroup'>): string | null {
  if (portfolioGroup !== null) return `portfolio ${portfolioGroup}`;
  return productGroup === null ? null : `product ${productGroup}`;
}

/** `members` in the order of their names, summed at points all of them share; undefined where it is too large to be exact. */
export function productGroup(
  key: string,
  members: readonly ClassGroup[],
  { regulatoryAccount, account }: GroupRules,
): ProductGroup | undefined {
  const parts = partsOf(members);
  const regulatory = combinedMargin(parts, regulatoryAccount, 'regulatory', [atBook]);
  const isBook = account === regulatoryAccount && members.every(({ inForce, regulatory: book }) => inForce === book);
  const pairings = members[0].plan.together === null ? [atBookInForce] : [atBookInForce, atHouse];
  const house = isBook ? regulatory : combinedMargin(parts, account, 'inForce', pairings);
  if (regulatory === undefined || house === undefined) return undefined;
  return {
    key,
    portfolioGroup: members[0].portfolioGroup,
    productGroups: [...parts].map(([name, classes]) => ({
      productGroup: name,
      classGroups: classes.map(({ classGroup }) => classGroup),
      regulatoryOffset: regulatoryAccount.productGroupOffset(classes.map(({ productClass }) => productClass)),
      offset: account.productGroupOffset(classes.map(({ productClass }) => productClass)),
    })),
    regulatory,
    inForce:
      house === regulatory || house.requirement >= regulatory.requirement
        ? house
        : { ...house, requirement: regulatory.requirement },
  };
}

/** By the rule book alone, for members that are in the order of their names. */
export function bookMargin(
  members: readonly ClassGroup[],
  { regulatoryAccount }: GroupRules,
): CombinedMargin | undefined {
  return combinedMargin(partsOf(members), regulatoryAccount, 'regulatory', [atBook]);
}

/**
 * Points at which members with points of the house's own are paired: at the same move, not the same number. All of
 * their points in force; null where none has points beyond the rule book's, which pair by their number.
 */
export function pairedPoints(members: readonly Pick<ClassGroup, 'plan'>[]): ScenarioGrid | null {
  const own = members.some(({ plan }) => plan.inForce[0].places.length > plan.bookGrid.points.length);
  if (!own) return null;
  const points: ValuationPoint[] = members.flatMap(({ plan }) => plan.inForce[0].grid.points);
  return sortedGrid(points);
}

/** By product group, a class group without one being its own; both in the order of names. */
function partsOf(members: readonly ClassGroup[]): ReadonlyMap<string, readonly ClassGroup[]> {
  const parts = new Map<string, ClassGroup[]>();
  for (const member of members) {
    const name = member.productGroup ?? member.classGroup;
    parts.set(name, [...(parts.get(name) ?? []), member]);
  }
  return new Map([...parts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Pairing = (member: ClassGroup, carried: Carried) => Pick<GroupMember, 'profits' | 'scanLoss'>;

/** At the rule book's points, by their number: −8 % of one class is paired with −10 % of another. */
const atBook: Pairing = ({ regulatory }) => ({ profits: regulatory.scenarios, scanLoss: regulatory.scanLoss });

/** The same without what the house keeps out of the model. */
const atBookInForce: Pairing = ({ plan, sums }) => {
  const profits = doubles(plan.bookPlaces, (place) => profitAt(sums, place));
  return { profits, scanLoss: Math.max(0, -Math.min(...profits)) };
};

/** At the same moves. */
const atHouse: Pairing = ({ plan, sums }, { scanLoss }) => ({
  profits: doubles(plan.together!.places, (place) => profitAt(sums, place)),
  scanLoss,
});

/** Offsets within each product group, then between them; of several ways to pair the one that requires most. */
function combinedMargin(
  parts: ReadonlyMap<string, readonly ClassGroup[]>,
  account: AccountRules,
  numbers: 'regulatory' | 'inForce',
  pairings: readonly Pairing[],
): CombinedMargin | undefined {
  const wholes = pairings.map((pairing) => {
    const groups = [...parts.values()].map((classes) => {
      const members = classes.map((member): GroupMember => {
        const { carried } = member[numbers];
        const { profits, scanLoss } = pairing(member, carried);
        return { profits, scanLoss, minimum: carried.floor, requirement: Math.max(scanLoss, carried.floor) };
      });
      return groupRequirement(members, account.productGroupOffset(classes.map(({ productClass }) => productClass)));
    });
    return groupRequirement(groups, account.portfolioGroupOffset);
  });
  const most = wholes.reduce((worst, whole) => (whole.requirement > worst.requirement ? whole : worst));
  const combined = requirementCents(most.requirement);
  const all = [...parts.values()].flat();
  const surcharge = all.reduce((sum, member) => sum + member[numbers].carried.surcharge, 0);
  const standAlone = all.reduce((sum, member) => sum + member[numbers].requirement, 0);
  if (combined === undefined) return undefined;
  // Each rounded up to a cent, the parts can come to less than the whole by noise alone, never by more.
  const requirement = Math.min(standAlone, combined + surcharge);
  return { scanLoss: most.scanLoss, minimumCharge: most.minimum, requirement, standAlone };
}

import { type Cents, requirementCents } from '@app/portfolio';
import { type BulkClass, LONG_CHARGE, POINTS, SHORT_CHARGE } from './bulk-units.js';
import type { ClassGroup } from './class-group-after.js';
import { COARSE, FINE } from './exact-sums.js';
import { bookMargin, groupKey, type GroupRules } from './product-group.js';
import type { ValuationPoint } from './scenario.js';

/** A class group's margin, standing alone, as a batch keeps it; amounts in dollars. */
export interface BulkGroup {
  readonly classGroup: string;
  readonly requirement: Cents;
  readonly scanLoss: number;
  readonly minimumCharge: number;
  readonly worst: ValuationPoint;
}

/** Sums of a class group: profit at each point and the minimum charge, two parts each. */
export const GROUP_LENGTH = 2 * (POINTS + 1);
const CHARGE = 2 * POINTS;

/** Profits alike to the cent, as `class-group` takes them. */
const ALIKE = 0.005;

/** Adds so many units of the row to the sums at `at`: split as `addTerms` splits. */
export function addUnits(sums: Float64Array, at: number, terms: Float64Array, row: number, units: number): void {
  for (let k = 0; k < POINTS; k++) {
    const term = units * terms[row + k];
    const coarse = term + COARSE - COARSE;
    sums[at + 2 * k] += coarse;
    sums[at + 2 * k + 1] += term - coarse + FINE - FINE;
  }
  const charge = Math.abs(units) * terms[row + (units > 0 ? LONG_CHARGE : SHORT_CHARGE)];
  const coarse = charge + COARSE - COARSE;
  sums[at + CHARGE] += coarse;
  sums[at + CHARGE + 1] += charge - coarse + FINE - FINE;
}

/** The margin of a class group by itself, as `class-group` has it of its sums; undefined where it is too large. */
export function bulkGroup({ classGroup, plan }: BulkClass, sums: Float64Array, at: number): BulkGroup | undefined {
  let least = sums[at] + sums[at + 1];
  for (let k = 1; k < POINTS; k++) {
    const profit = sums[at + 2 * k] + sums[at + 2 * k + 1];
    if (profit < least) least = profit;
  }
  let worst = 0;
  while (sums[at + 2 * worst] + sums[at + 2 * worst + 1] - least >= ALIKE) worst++;
  const scanLoss = Math.max(0, -least);
  const minimumCharge = sums[at + CHARGE] + sums[at + CHARGE + 1];
  const requirement = requirementCents(Math.max(scanLoss, minimumCharge));
  if (requirement === undefined) return undefined;
  return { classGroup, requirement, scanLoss, minimumCharge, worst: plan.bookGrid.points[worst] };
}

/** A class group that combines with others. */
export interface Member {
  readonly group: BulkGroup;
  readonly place: BulkClass;
  readonly sums: Float64Array;
  readonly at: number;
}

/** What class groups require that combine with others, by the rule book; undefined where it is too large to be exact. */
export function combined(members: readonly Member[], rules: GroupRules): Cents | undefined {
  if (members.length === 0) return 0;
  const companies = new Map<string, Member[]>();
  for (const each of members) {
    const key = groupKey(each.place)!;
    const company = companies.get(key);
    if (company === undefined) companies.set(key, [each]);
    else company.push(each);
  }
  let requirement = 0;
  for (const company of companies.values()) {
    const margin = company.length === 1 ? company[0].group : bookMargin(company.map(member), rules);
    if (margin === undefined) return undefined;
    requirement += margin.requirement;
  }
  return requirement;
}

/** As `bookMargin` reads it: its place, its plan and its margin by the rule book. */
function member({ group, place, sums, at }: Member): ClassGroup {
  const { requirement, scanLoss, minimumCharge } = group;
  const scenarios = new Float64Array(POINTS);
  for (let k = 0; k < POINTS; k++) scenarios[k] = sums[at + 2 * k] + sums[at + 2 * k + 1];
  const carried = { scanLoss, floor: minimumCharge, surcharge: 0 };
  const margin = { requirement, scanLoss, scenarios, carried };
  return { ...place, inForce: margin, regulatory: margin } as unknown as ClassGroup;
}

export function inNameOrder(a: Pick<BulkGroup, 'classGroup'>, b: Pick<BulkGroup, 'classGroup'>): number {
  return a.classGroup < b.classGroup ? -1 : 1;
}

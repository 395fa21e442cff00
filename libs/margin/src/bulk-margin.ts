import type { ProductClass } from '@app/market';
import { Decimal } from 'decimal.js';
import { type Cents, exactCents, requirementCents } from '@app/portfolio';
import { type ClassGroup, classGroupAfter } from './class-group-after.js';
import type { ClassGroupMargin } from './class-group.js';
import type { ClassPlan } from './class-plan.js';
import { COARSE, FINE, LARGEST_GROSS, MOST_TERMS } from './exact-sums.js';
import { isGaps } from './gap.js';
import { type Holding, holding, type MarginContext } from './holding.js';
import { groupKey, productGroup } from './product-group.js';
import { zeros } from './zeros.js';

/*
 * The margin of many accounts at a fraction of the cost: a contract's place, risk array and charges are looked up once for
 * all accounts, and a position is its units times ten numbers, added to its class group. The sums are the exact ones of
 * `class-sums`, so the result has the bits of `accountMargin`: a property test holds it to that. Class groups that house
 * rules change are margined as for a single account; whatever is out of the ordinary is not answered here.
 */

/** What of an account's margin a batch keeps. */
export interface BulkMargin {
  readonly requirement: Cents;
  readonly regulatoryRequirement: Cents;
  readonly equity: Cents;
  /** In the order of their names. */
  readonly classGroups: readonly Pick<ClassGroup, 'classGroup' | 'inForce'>[];
}

export interface BulkMargins {
  /**
   * Positions of distinct symbols, cash in dollars. Undefined where only `accountMargin` can tell: a
   * gap, a fraction, an amount beyond what is exact, a stock outside the model.
   */
  of(cash: Decimal, symbols: readonly string[], quantities: readonly (number | Decimal)[]): BulkMargin | undefined;
}

/**
 * Money as whole multiples of 10^−6 dollars, and what is below them as whole multiples of 10^−10, the last digit of a stored
 * price. One sum of the latter would be exact to 900,000 dollars only.
 */
const SCALE = 1_000_000;
const FINER = 10_000;
const SCALED_PER_CENT = SCALE / 100;
/** Room below `LARGEST_GROSS` for what is rounded up line by line. */
const LARGEST_HERE = LARGEST_GROSS / 4;

/** What one contract or share of a symbol adds; `line` where house rules change its class group's numbers. */
interface Unit {
  readonly group: Group;
  readonly line: Holding | null;
  readonly pnl: Float64Array;
  readonly multiplier: number;
  /** Dollars per share of a contract held long, and short. */
  readonly longCharge: number;
  readonly shortCharge: number;
  /** Market value of one long, scaled and rounded down; what that leaves, in 10^−10 dollars, ≥ 0. */
  readonly value: number;
  readonly below: number;
  /** Dollars per share that no sum takes more than. */
  readonly largest: number;
}

const ONE = new Decimal(1);
const ZERO = new Decimal(0);

interface Group extends Pick<ClassGroup, 'classGroup' | 'productClass' | 'productGroup' | 'portfolioGroup'> {
  readonly plan: ClassPlan;
  /** Profit at each point and the minimum charge, two parts each. */
  readonly sums: Float64Array;
  /** The account that `sums` are of. */
  account: number;
}

/** Undefined where house rules change numbers of the account as a whole, or fallback volatilities are refused. */
export function bulkMargins(context: MarginContext): BulkMargins | undefined {
  const { rules, strictVolatility } = context;
  if (strictVolatility || rules.account !== rules.regulatoryAccount) return undefined;
  const units = new Map<string, Unit | null>();
  const groups = new Map<string, Group>();
  let account = 0;

  const unitOf = (symbol: string): Unit | null => {
    const known = units.get(symbol);
    if (known !== undefined) return known;
    const line = holding({ symbol, quantity: ONE }, context);
    const unit = isGaps(line) ? null : plainUnit(line, groups);
    // An unknown symbol may be known once its prices are read.
    if (unit !== null || context.valuation.market.instrument(symbol) !== undefined) units.set(symbol, unit);
    return unit;
  };

  return {
    of(cash, symbols, quantities) {
      account += 1;
      const touched: Group[] = [];
      const ruled = new Map<string, Holding[]>();
      let value = cash.times(SCALE).toNumber();
      let below = 0;
      let gross = 0;
      if (!Number.isSafeInteger(value) || symbols.length > MOST_TERMS) return undefined;
      for (let i = 0; i < symbols.length; i++) {
        const unit = unitOf(symbols[i]);
        const quantity = quantities[i];
        if (unit === null || typeof quantity !== 'number' || !Number.isSafeInteger(quantity)) return undefined;
        const { group, line } = unit;
        if (line !== null) {
          const lines = ruled.get(group.classGroup) ?? [];
          ruled.set(group.classGroup, lines);
          lines.push({ ...line, position: { symbol: symbols[i], quantity: new Decimal(quantity) } });
        } else if (group.account !== account) {
          group.account = account;
          group.sums.fill(0);
          touched.push(group);
        }
        if (line === null) addUnits(group.sums, unit, quantity * unit.multiplier);
        const worth = quantity * unit.value;
        value += worth;
        below += quantity * unit.below;
        gross += Math.abs(quantity * unit.multiplier) * unit.largest;
        if (!Number.isSafeInteger(worth) || !Number.isSafeInteger(value)) return undefined;
        if (!Number.isSafeInteger(below)) return undefined;
      }
      // Cents are rounded down, so that what is left below a multiple of 10^−6 changes nothing.
      value += Math.floor(below / FINER);
      if (!Number.isSafeInteger(value)) return undefined;
      return gross <= LARGEST_HERE ? margined(touched, ruled, value, context) : undefined;
    },
  };
}

function addUnits(sums: Float64Array, { pnl, longCharge, shortCharge }: Unit, units: number): void {
  const points = pnl.length;
  for (let k = 0; k < points; k++) {
    const term = units * pnl[k];
    const coarse = term + COARSE - COARSE;
    sums[2 * k] += coarse;
    sums[2 * k + 1] += term - coarse + FINE - FINE;
  }
  const charge = Math.abs(units) * (units > 0 ? longCharge : shortCharge);
  const coarse = charge + COARSE - COARSE;
  sums[2 * points] += coarse;
  sums[2 * points + 1] += charge - coarse + FINE - FINE;
}

/** Null for what the rule book's numbers and whole multiples do not describe. */
function plainUnit(line: Holding, groups: Map<string, Group>): Unit | null {
  const { mark, regulatory, underlying, plan, strategy } = line;
  const multiplier = mark.multiplier.toNumber();
  const price = mark.price.toNumber();
  const { kind } = mark.instrument;
  const worth = kind === 'FUTURE' ? ZERO : mark.price.times(mark.multiplier).times(SCALE);
  const value = worth.floor().toNumber();
  const below = worth.minus(value).times(FINER).toNumber();
  const isPlain = plan.numbers === plan.book && !plan.isSeparate && plan.houseGrid === null;
  const group = strategy === null ? groupOf(line, groups) : null;
  if (group === null || !Number.isSafeInteger(value) || !Number.isSafeInteger(multiplier)) return null;
  if (!Number.isSafeInteger(below)) return null;
  const { minimumCharge, minimumChargeCappedForLongs: isCapped } = plan.book;
  const charge = kind === 'UNDERLYING' ? 0 : minimumCharge;
  const { pnl } = regulatory;
  const delivered = (underlying.price?.toNumber() ?? 0) * Math.max(1, Math.abs(underlying.leverage));
  return {
    ...{ group, line: isPlain ? null : line, pnl, multiplier, value, below },
    longCharge: isCapped && kind === 'OPTION' ? Math.min(charge, price) : charge,
    shortCharge: charge,
    largest: Math.max(...pnl.map(Math.abs), price * Math.max(1, Math.abs(underlying.leverage)), delivered, charge, 1),
  };
}

/** Null where another member of the class group is of another class or in other groups: that is a gap. */
function groupOf({ underlying, plan }: Holding, groups: Map<string, Group>): Group | null {
  const { classGroup, productClass, productGroup: product, portfolioGroup } = underlying;
  const known = groups.get(classGroup);
  if (known === undefined) {
    const sums = new Float64Array(2 * (plan.bookGrid.points.length + 1));
    const place = { classGroup, productClass, productGroup: product, portfolioGroup };
    const group: Group = { ...place, plan, sums, account: 0 };
    groups.set(classGroup, group);
    return group;
  }
  const isSame =
    known.productClass === productClass && known.productGroup === product && known.portfolioGroup === portfolioGroup;
  return isSame ? known : null;
}

/** A class group with its margin. */
type Margined = Group & { readonly inForce: ClassGroupMargin; readonly regulatory: ClassGroupMargin };

function margined(
  touched: readonly Group[],
  ruled: ReadonlyMap<string, readonly Holding[]>,
  scaled: number,
  context: MarginContext,
): BulkMargin | undefined {
  const equity = exactCents((scaled - rest(scaled)) / SCALED_PER_CENT);
  if (equity === undefined) return undefined;
  const members: Pick<ClassGroup, 'classGroup' | 'inForce'>[] = [];
  const companies = new Map<string, Margined[]>();
  let requirement = 0;
  let regulatoryRequirement = 0;
  for (const group of touched) {
    const margin = groupMargin(group);
    if (margin === undefined) return undefined;
    const member = { ...group, inForce: margin, regulatory: margin };
    members.push(member);
    const key = groupKey(group);
    if (key !== null) companies.set(key, [...(companies.get(key) ?? []), member]);
    else {
      requirement += margin.requirement;
      regulatoryRequirement += margin.requirement;
    }
  }
  for (const [name, lines] of ruled) {
    const group = classGroupAfter(name, undefined, lines, { ...context, equity });
    // In company its points may have to be paired with others'.
    if (group === undefined || isGaps(group) || groupKey(group) !== null) return undefined;
    members.push(group);
    requirement += group.inForce.requirement;
    regulatoryRequirement += group.regulatory.requirement;
  }
  for (const [key, company] of companies) {
    // Of a class group it reads its place, its plan and its margin by the rule book.
    const together = productGroup(key, company.sort(byName) as unknown as readonly ClassGroup[], context.rules);
    if (together === undefined) return undefined;
    requirement += together.inForce.requirement;
    regulatoryRequirement += together.regulatory.requirement;
  }
  if (exactCents(requirement) === undefined || exactCents(regulatoryRequirement) === undefined) return undefined;
  return { requirement, regulatoryRequirement, equity, classGroups: members.sort(byName) };
}

/** The margin of a class group by itself, as `class-group` has it of its sums. */
function groupMargin({
  productClass,
  plan,
  sums,
}: Group & { productClass: ProductClass }): ClassGroupMargin | undefined {
  const points = plan.bookGrid.points.length;
  const scenarios = zeros(points);
  for (let k = 0; k < points; k++) scenarios[k] = sums[2 * k] + sums[2 * k + 1];
  let least = scenarios[0];
  for (let k = 1; k < points; k++) if (scenarios[k] < least) least = scenarios[k];
  const worst = scenarios.findIndex((pnl) => pnl - least < 0.005);
  const scanLoss = Math.max(0, -least);
  const minimumCharge = sums[2 * points] + sums[2 * points + 1];
  const requirement = requirementCents(Math.max(scanLoss, minimumCharge));
  if (requirement === undefined) return undefined;
  const carried = { scanLoss, floor: minimumCharge, surcharge: 0 };
  const grid = plan.bookGrid;
  return { productClass, grid, scenarios, worst, scanLoss, minimumCharge, addOns: [], requirement, carried };
}

/** What rounding down to the cent leaves over, ≥ 0. */
function rest(scaled: number): number {
  const over = scaled % SCALED_PER_CENT;
  return over < 0 ? over + SCALED_PER_CENT : over;
}

function byName(a: Pick<Group, 'classGroup'>, b: Pick<Group, 'classGroup'>): number {
  return a.classGroup < b.classGroup ? -1 : 1;
}

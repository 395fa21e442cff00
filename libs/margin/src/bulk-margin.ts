import type { EffectiveRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import { type Cents, exactCents } from '@app/portfolio';
import { addUnits, type BulkGroup, bulkGroup, combined, GROUP_LENGTH, inNameOrder, type Member } from './bulk-group.js';
import { BELOW, type BulkUnits, LARGEST, MULTIPLIER, UNIT_LENGTH, VALUE } from './bulk-units.js';
import { classGroupAfter } from './class-group-after.js';
import { type ClassPlan, classPlan } from './class-plan.js';
import { LARGEST_GROSS, MOST_TERMS } from './exact-sums.js';
import { isGaps } from './gap.js';
import { type Holding, holding, type MarginContext } from './holding.js';
import { groupKey } from './product-group.js';
import { FINER, SCALED } from './whole-value.js';

/*
 * The margin of many accounts at a fraction of the cost: a contract's risk array and charges stand in a row of a table
 * for all accounts, and a position is its units times that row, added to its class group. The sums are the exact ones of
 * `class-sums`, so the result has the bits of `accountMargin`: a property test holds it to that. Class groups that house
 * rules change are margined as for a single account; whatever is out of the ordinary is not answered here.
 */

/** What of an account's margin a batch keeps. */
export interface BulkMargin {
  readonly requirement: Cents;
  readonly regulatoryRequirement: Cents;
  readonly equity: Cents;
  /** In the order of their names. */
  readonly classGroups: readonly BulkGroup[];
}

/** Positions of distinct instruments in columns; quantities are NaN where float64 cannot say them. */
export interface BulkPositions {
  readonly instruments: Int32Array;
  readonly quantities: Float64Array;
}

const SCALED_PER_CENT = SCALED / 100;
/** Room below `LARGEST_GROSS` for what is rounded up line by line. */
const LARGEST_HERE = LARGEST_GROSS / 4;
const ONE = new Decimal(1);

/** How an instrument is margined under the rules. */
const UNSEEN = 0;
const BY_BOOK = 1;
const BY_HOUSE = 2;
const NOT_HERE = 3;

/** Undefined where house rules change numbers of the account as a whole. */
export function bulkMargins(units: BulkUnits, rules: EffectiveRules): BulkMargins | undefined {
  return rules.account === rules.regulatoryAccount ? new BulkMargins(units, rules) : undefined;
}

/** The margins of accounts that are bound by the same rules. */
export class BulkMargins {
  private readonly context: MarginContext;
  private readonly byHouse = new Map<number, Holding>();
  private ways = new Uint8Array(0);
  /** Of each class: profit at each point and the minimum charge, two parts each; the account they are of. */
  private sums = new Float64Array(0);
  private owners = new Float64Array(0);
  private account = 0;

  constructor(
    private readonly units: BulkUnits,
    rules: EffectiveRules,
  ) {
    this.context = { valuation: units.valuation, rules, strictVolatility: false };
  }

  /**
   * Of the positions `from` up to, not including, `to`; cash in dollars. Undefined where only `accountMargin` can tell: a
   * gap, a fraction, an amount beyond what is exact, a stock outside the model.
   */
  of(cash: Decimal, positions: BulkPositions, from: number, to: number): BulkMargin | undefined {
    if (to - from > MOST_TERMS || !this.areHere(positions, from, to)) return undefined;
    const { touched, gross, scaled } = this.summed(cash.times(SCALED).toNumber(), positions, from, to);
    const equity = Number.isSafeInteger(scaled) ? exactCents((scaled - rest(scaled)) / SCALED_PER_CENT) : undefined;
    if (equity === undefined || !(gross <= LARGEST_HERE)) return undefined;
    const ruled = this.ruled(positions, from, to, equity);
    return ruled && this.margined(touched, ruled, equity);
  }

  /** Whether all positions can be margined here; looks up those seen for the first time. */
  private areHere({ instruments, quantities }: BulkPositions, from: number, to: number): boolean {
    for (let i = from; i < to; i++) {
      const instrument = instruments[i];
      const way = this.ways[instrument];
      if (way === NOT_HERE || !Number.isSafeInteger(quantities[i])) return false;
      if (way !== BY_BOOK && way !== BY_HOUSE && this.look(instrument) === NOT_HERE) return false;
    }
    return true;
  }

  /** Adds up class groups by the rule book, and the market value; `scaled` is NaN beyond what is exact. */
  private summed(cash: number, { instruments, quantities }: BulkPositions, from: number, to: number) {
    const { ways, sums, owners, units } = this;
    const { terms, places } = units;
    const account = ++this.account;
    const touched: number[] = [];
    let value = cash;
    let below = 0;
    let gross = 0;
    let isExact = Number.isSafeInteger(cash);
    for (let i = from; i < to; i++) {
      const quantity = quantities[i];
      const row = instruments[i] * UNIT_LENGTH;
      const held = quantity * terms[row + MULTIPLIER];
      if (ways[instruments[i]] === BY_BOOK) {
        const place = places[instruments[i]];
        const at = place * GROUP_LENGTH;
        if (owners[place] !== account) {
          owners[place] = account;
          sums.fill(0, at, at + GROUP_LENGTH);
          touched.push(place);
        }
        addUnits(sums, at, terms, row, held);
      }
      const worth = quantity * terms[row + VALUE];
      value += worth;
      below += quantity * terms[row + BELOW];
      gross += Math.abs(held) * terms[row + LARGEST];
      isExact &&= Number.isSafeInteger(worth) && Number.isSafeInteger(value) && Number.isSafeInteger(below);
    }
    // Cents are rounded down, so that what is left below a multiple of 10^−6 changes nothing.
    return { touched, gross, scaled: isExact ? value + Math.floor(below / FINER) : NaN };
  }

  private look(instrument: number): number {
    if (!this.units.has(instrument)) return NOT_HERE;
    const way = this.way(instrument);
    this.makeRoom();
    return (this.ways[instrument] = way);
  }

  /** The class group's points are the same for all its members; only what is held itself can be kept out of the model. */
  private way(instrument: number): number {
    const { units, context } = this;
    const { rules, valuation } = context;
    const { market } = valuation;
    const symbol = units.symbolOf(instrument);
    const { classGroup, productClass } = units.classes[units.places[instrument]];
    if (market.instrument(symbol)?.kind !== 'UNDERLYING') {
      const plan = classPlan(classGroup, productClass, { rules, market });
      if (!isGaps(plan) && isBooks(plan)) return BY_BOOK;
    }
    const line = holding({ symbol, quantity: ONE }, context);
    if (isGaps(line) || line.strategy !== null) return NOT_HERE;
    if (isBooks(line.plan)) return BY_BOOK;
    this.byHouse.set(instrument, line);
    return BY_HOUSE;
  }

  private makeRoom(): void {
    const { places, classes } = this.units;
    if (this.ways.length < places.length) {
      const ways = new Uint8Array(places.length).fill(UNSEEN);
      ways.set(this.ways);
      this.ways = ways;
    }
    if (this.owners.length < classes.length) {
      this.owners = new Float64Array(2 * classes.length);
      this.sums = new Float64Array(2 * classes.length * GROUP_LENGTH);
    }
  }

  /** Class groups with numbers of the house; in company their points may have to be paired with others'. */
  private ruled({ instruments, quantities }: BulkPositions, from: number, to: number, equity: Cents) {
    const groups: { readonly group: BulkGroup; readonly regulatory: Cents }[] = [];
    if (this.byHouse.size === 0) return groups;
    const byClass = new Map<string, Holding[]>();
    for (let i = from; i < to; i++) {
      const line = this.byHouse.get(instruments[i]);
      if (line === undefined) continue;
      const { classGroup } = line.underlying;
      const position = { ...line.position, quantity: new Decimal(quantities[i]) };
      byClass.set(classGroup, [...(byClass.get(classGroup) ?? []), { ...line, position }]);
    }
    for (const [name, lines] of byClass) {
      const after = classGroupAfter(name, undefined, lines, { ...this.context, equity });
      if (after === undefined || isGaps(after) || groupKey(after) !== null) return undefined;
      const { requirement, scanLoss, minimumCharge, grid, worst } = after.inForce;
      const group = { classGroup: name, requirement, scanLoss, minimumCharge, worst: grid.points[worst] };
      groups.push({ group, regulatory: after.regulatory.requirement });
    }
    return groups;
  }

  private margined(
    touched: number[],
    ruled: readonly { readonly group: BulkGroup; readonly regulatory: Cents }[],
    equity: Cents,
  ): BulkMargin | undefined {
    const { units, sums, context } = this;
    const groups: BulkGroup[] = [];
    const inCompany: Member[] = [];
    let book = 0;
    // In the order of their names, in which those in company are added up.
    for (const place of touched.sort((a, b) => inNameOrder(units.classes[a], units.classes[b]))) {
      const at = place * GROUP_LENGTH;
      const group = bulkGroup(units.classes[place], sums, at);
      if (group === undefined) return undefined;
      groups.push(group);
      if (groupKey(units.classes[place]) === null) book += group.requirement;
      else inCompany.push({ group, place: units.classes[place], sums, at });
    }
    const together = combined(inCompany, context.rules);
    if (together === undefined) return undefined;
    let requirement = book + together;
    let regulatoryRequirement = requirement;
    for (const { group, regulatory } of ruled) {
      groups.push(group);
      requirement += group.requirement;
      regulatoryRequirement += regulatory;
    }
    if (exactCents(requirement) === undefined || exactCents(regulatoryRequirement) === undefined) return undefined;
    return { requirement, regulatoryRequirement, equity, classGroups: ruled.length === 0 ? groups : groups.sort(inNameOrder) };
  }
}

/** Whether no house rule changes a class group's numbers or asks about further points. */
function isBooks({ numbers, book, isSeparate, houseGrid }: ClassPlan): boolean {
  return numbers === book && !isSeparate && houseGrid === null;
}

/** What rounding down to the cent leaves over, ≥ 0. */
function rest(scaled: number): number {
  const over = scaled % SCALED_PER_CENT;
  return over < 0 ? over + SCALED_PER_CENT : over;
}

import type { EffectiveRules } from '@app/rules';
import type { Decimal } from 'decimal.js';
import { type Cents, exactCents } from '@app/portfolio';
import { addUnits, type BulkGroup, bulkGroup, combined, GROUP_LENGTH, inNameOrder, type Member } from './bulk-group.js';
import { BELOW, type BulkUnits, LARGEST, MULTIPLIER, UNIT_LENGTH, VALUE } from './bulk-units.js';
import { type BulkPositions, BulkWays, BY_BOOK, type RuledGroup } from './bulk-ways.js';
import { LARGEST_GROSS, MOST_TERMS } from './exact-sums.js';
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

const SCALED_PER_CENT = SCALED / 100;
/** Room below `LARGEST_GROSS` for what is rounded up line by line. */
const LARGEST_HERE = LARGEST_GROSS / 4;

/** Undefined where house rules change numbers of the account as a whole. */
export function bulkMargins(units: BulkUnits, rules: EffectiveRules): BulkMargins | undefined {
  return rules.account === rules.regulatoryAccount ? new BulkMargins(units, rules) : undefined;
}

/** The margins of accounts that are bound by the same rules. */
export class BulkMargins {
  private readonly ways: BulkWays;
  /** Of each class: profit at each point and the minimum charge, two parts each; the account they are of. */
  private sums = new Float64Array(0);
  private owners = new Float64Array(0);
  private account = 0;

  constructor(
    private readonly units: BulkUnits,
    private readonly rules: EffectiveRules,
  ) {
    this.ways = new BulkWays(units, { valuation: units.valuation, rules, strictVolatility: false });
  }

  /**
   * Of the positions `from` up to, not including, `to`; cash in dollars. Undefined where only `accountMargin` can tell: a
   * gap, a fraction, an amount beyond what is exact, a stock outside the model.
   */
  of(cash: Decimal, positions: BulkPositions, from: number, to: number): BulkMargin | undefined {
    if (to - from > MOST_TERMS || !this.ways.areHere(positions, from, to)) return undefined;
    const { touched, gross, scaled } = this.summed(cash.times(SCALED).toNumber(), positions, from, to);
    const equity = Number.isSafeInteger(scaled) ? exactCents((scaled - rest(scaled)) / SCALED_PER_CENT) : undefined;
    if (equity === undefined || !(gross <= LARGEST_HERE)) return undefined;
    const ruled = this.ways.ruled(positions, from, to, equity);
    return ruled && this.margined(touched, ruled, equity);
  }

  /** Adds up class groups by the rule book, and the market value; `scaled` is NaN beyond what is exact. */
  private summed(cash: number, { instruments, quantities }: BulkPositions, from: number, to: number) {
    this.makeRoom();
    const { sums, owners, units } = this;
    const ways = this.ways.byInstrument;
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

  private makeRoom(): void {
    const { length } = this.units.classes;
    if (this.owners.length >= length) return;
    this.owners = new Float64Array(2 * length);
    this.sums = new Float64Array(2 * length * GROUP_LENGTH);
  }

  private margined(touched: number[], ruled: readonly RuledGroup[], equity: Cents): BulkMargin | undefined {
    const { units, sums, rules } = this;
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
    const together = combined(inCompany, rules);
    if (together === undefined) return undefined;
    let requirement = book + together;
    let regulatoryRequirement = requirement;
    for (const { group, regulatoryRequirement: regulatory } of ruled) {
      groups.push(group);
      requirement += group.requirement;
      regulatoryRequirement += regulatory;
    }
    if (exactCents(requirement) === undefined || exactCents(regulatoryRequirement) === undefined) return undefined;
    return {
      requirement,
      regulatoryRequirement,
      equity,
      classGroups: ruled.length === 0 ? groups : groups.sort(inNameOrder),
    };
  }
}

/** What rounding down to the cent leaves over, ≥ 0. */
function rest(scaled: number): number {
  const over = scaled % SCALED_PER_CENT;
  return over < 0 ? over + SCALED_PER_CENT : over;
}

import type { Cents } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import type { BulkGroup } from './bulk-group.js';
import type { BulkUnits } from './bulk-units.js';
import { classGroupAfter } from './class-group-after.js';
import { type ClassPlan, classPlan } from './class-plan.js';
import { isGaps } from './gap.js';
import { type Holding, holding, type MarginContext } from './holding.js';
import { groupKey } from './product-group.js';

/** Positions of distinct instruments in columns; quantities are NaN where float64 cannot say them. */
export interface BulkPositions {
  readonly instruments: Int32Array;
  readonly quantities: Float64Array;
}

/** How an instrument is margined. */
const UNSEEN = 0;
/** By its row of `BulkUnits`. */
export const BY_BOOK = 1;
/** With its class group, as for a single account. */
const BY_HOUSE = 2;
/** Only `accountMargin` can tell. */
const NOT_HERE = 3;

const ONE = new Decimal(1);

/** A class group that house rules change. */
export interface RuledGroup {
  readonly group: BulkGroup;
  /** By the rule book alone. */
  readonly regulatoryRequirement: Cents;
}

/** How each instrument is margined under one set of rules. */
export class BulkWays {
  /** One of the above by the instrument's number. */
  byInstrument = new Uint8Array(0);
  private readonly byHouse = new Map<number, Holding>();

  constructor(
    private readonly units: BulkUnits,
    private readonly context: MarginContext,
  ) {}

  /** Whether all positions can be margined here; looks up what is seen for the first time. */
  areHere({ instruments, quantities }: BulkPositions, from: number, to: number): boolean {
    for (let i = from; i < to; i++) {
      const way = this.byInstrument[instruments[i]];
      if (way === NOT_HERE || !Number.isSafeInteger(quantities[i])) return false;
      if (way !== BY_BOOK && way !== BY_HOUSE && this.look(instruments[i]) === NOT_HERE) return false;
    }
    return true;
  }

  /** Class groups with numbers of the house; undefined where their points may have to be paired with others'. */
  ruled(
    { instruments, quantities }: BulkPositions,
    from: number,
    to: number,
    equity: Cents,
  ): readonly RuledGroup[] | undefined {
    if (this.byHouse.size === 0) return [];
    const lines = new Map<string, Holding[]>();
    for (let i = from; i < to; i++) {
      const line = this.byHouse.get(instruments[i]);
      if (line === undefined) continue;
      const { classGroup } = line.underlying;
      const position = { ...line.position, quantity: new Decimal(quantities[i]) };
      lines.set(classGroup, [...(lines.get(classGroup) ?? []), { ...line, position }]);
    }
    const groups = [...lines].map(([name, held]) => this.ruledGroup(name, held, equity));
    return groups.every((group) => group !== undefined) ? groups : undefined;
  }

  private ruledGroup(name: string, lines: readonly Holding[], equity: Cents): RuledGroup | undefined {
    const after = classGroupAfter(name, undefined, lines, { ...this.context, equity });
    if (after === undefined || isGaps(after) || groupKey(after) !== null) return undefined;
    const { requirement, scanLoss, minimumCharge, grid, worst } = after.inForce;
    const group = { classGroup: name, requirement, scanLoss, minimumCharge, worst: grid.points[worst] };
    return { group, regulatoryRequirement: after.regulatory.requirement };
  }

  private look(instrument: number): number {
    // What has no prices yet may have some later.
    if (!this.units.has(instrument)) return NOT_HERE;
    const { length } = this.units.places;
    if (this.byInstrument.length < length) {
      const longer = new Uint8Array(length).fill(UNSEEN);
      longer.set(this.byInstrument);
      this.byInstrument = longer;
    }
    return (this.byInstrument[instrument] = this.way(instrument));
  }

  /** A class group's points are the same for all its members; only what is held itself can be kept out of the model. */
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
}

/** Whether no house rule changes a class group's numbers or asks about further points. */
function isBooks({ numbers, book, isSeparate, houseGrid }: ClassPlan): boolean {
  return numbers === book && !isSeparate && houseGrid === null;
}

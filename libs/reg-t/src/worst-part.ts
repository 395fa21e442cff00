import { type Cents, netPositions, type Portfolio } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { areAllowed } from './allowed-steps.js';
import { type ApartCosts, boxBound, type FillBox } from './fill-box.js';
import type { FillPart } from './fill-parts.js';
import { type Excess, excessAfter } from './excess-after.js';
import { excessAtSteps } from './margin-at-steps.js';
import { isRegTGaps, regTGap, type RegTGaps } from './reg-t-gap.js';
import type { RegTContext } from './reg-t-holding.js';
import type { RegTMargin } from './reg-t-margin.js';

/** Lines that a search may pair in all: many pairings of a few, few of many, which take longer. */
const LINES_AT_MOST = 300;
const PAIRINGS_AT_LEAST = 2;
/** What is known costs of a pairing. */
const SEEN_BEFORE = 0.25;
/** Cents that binary fractions may be off. */
const CLOSE = 1e-6;
const ZERO = new Decimal(0);

export interface WorstPart {
  /** Steps of each order in the worst that was found. */
  readonly steps: readonly number[];
  /** Cents that excess falls by at most. */
  readonly most: Cents;
  /** Nothing is worse than what was found, but for roundings to the cent, and every pairing looked at is proven least. */
  readonly isExact: boolean;
}

interface BoundedBox extends FillBox {
  /** Cents of excess, at least. */
  readonly least: Cents;
  readonly corner: readonly number[];
}

/**
 * The worst fills of one part: boxes of fills are bounded and halved, the worst first, until no box can hold worse than
 * what was found, or the pairings it takes are used up. Yields between two pairings, so that others can go on.
 */
export function* worstPart(
  portfolio: Portfolio,
  before: RegTMargin,
  part: FillPart,
  costs: ApartCosts,
  context: RegTContext,
): Generator<void, WorstPart | RegTGaps> {
  const { fills, links, classGroups } = part;
  const held = new Map(netPositions(portfolio.positions).map(({ symbol, quantity }) => [symbol, quantity]));
  const sizes = fills.map(({ unit }) => unitCost(unit, costs));
  // Each class group's requirement is rounded up, and the account's equity down.
  const rounding = classGroups.length + 1;
  const asked = new AskedPairings(
    before.isOptimal,
    Math.max(PAIRINGS_AT_LEAST, Math.floor(LINES_AT_MOST / linesOf(part, before))),
  );
  let best = { steps: fills.map(() => 0), excess: before.excess };

  const bounded = (box: FillBox, isRoot: boolean): BoundedBox | RegTGaps => {
    const { core, loss, corner } = boxBound(fills, box, held, costs, isRoot ? links.sets : null);
    if (!Number.isFinite(loss)) return [regTGap('amount.too_large', null)];
    const excess = asked.once(
      `core ${core.map(({ symbol, quantity }) => `${symbol} ${quantity.toFixed()}`).join()}`,
      () => excessAfter(before, core, ZERO, context),
    );
    return typeof excess === 'number' ? { ...box, corner, least: excess - Math.ceil(loss * 100 - CLOSE) } : excess;
  };
  const tryAt = (steps: readonly number[]): RegTGaps | null => {
    if (!areAllowed(links.sets, fills, steps)) return null;
    const excess = asked.once(`steps ${steps.join()}`, () => excessAtSteps(portfolio, before, fills, steps, context));
    if (typeof excess !== 'number') return excess;
    if (excess < best.excess) best = { steps: [...steps], excess };
    return null;
  };
  const isOpen = ({ least }: BoundedBox): boolean => least < best.excess - rounding;

  const root = bounded({ from: fills.map(() => 0), to: fills.map(({ steps }) => steps) }, true);
  if (isRegTGaps(root)) return root;
  let open: readonly BoundedBox[] = [root];
  while (asked.left > 0 && open.length > 0) {
    yield;
    const worst = open.reduce((a, b) => (b.least < a.least ? b : a));
    const gaps = tryAt(worst.corner);
    if (gaps !== null) return gaps;
    const halves = isOpen(worst) ? halvesOf(worst, sizes) : [];
    const possible = halves.filter(({ from, to }) => areAllowed(links.sets, fills, from, to));
    const parts: BoundedBox[] = [];
    for (const half of possible) {
      yield;
      const part = bounded(half, false);
      if (isRegTGaps(part)) return part;
      parts.push(part);
    }
    open = [...open.filter((box) => box !== worst), ...parts].filter(isOpen);
  }
  const least = Math.min(best.excess, ...open.map((box) => box.least - rounding));
  return {
    steps: best.steps,
    most: before.excess - least,
    isExact: open.length === 0 && links.isWhole && asked.isProven,
  };
}

/** The pairings of a search: how many it may still ask for, what is known of those it did. */
class AskedPairings {
  private readonly known = new Map<string, Cents>();

  /** `isProven`: all of them are proven least, those of the start too. */
  constructor(
    public isProven: boolean,
    public left: number,
  ) {}

  once(key: string, compute: () => Excess | RegTGaps): Cents | RegTGaps {
    const already = this.known.get(key);
    // A box whose core was seen before costs little, but not nothing: flat ones are halved without end.
    this.left -= already === undefined ? 1 : SEEN_BEFORE;
    if (already !== undefined) return already;
    const computed = compute();
    if (isRegTGaps(computed)) return computed;
    this.isProven &&= computed.isProven;
    this.known.set(key, computed.excess);
    return computed.excess;
  }
}

/** Instruments in the class groups of the part. */
function linesOf({ fills, classGroups }: FillPart, { groups }: RegTMargin): number {
  const symbols = classGroups.flatMap((name) => groups.get(name)?.holdings ?? []);
  return new Set([...symbols, ...fills.flatMap(({ holdings }) => holdings)].map(({ position }) => position.symbol))
    .size;
}

/** How far apart costs of a unit may be off, in dollars. */
function unitCost(unit: FillPart['fills'][number]['unit'], { alone }: ApartCosts): number {
  return unit.reduce((sum, { symbol, quantity }) => {
    const most = Math.max(Math.abs(alone(symbol, 1)), Math.abs(alone(symbol, -1)));
    return sum + quantity.abs().toNumber() * most;
  }, 0);
}

/** A box parted where it is widest; none of a point. */
function halvesOf({ from, to }: FillBox, sizes: readonly number[]): readonly FillBox[] {
  const widths = sizes.map((size, i) => (to[i] - from[i]) * size);
  const i = widths.indexOf(Math.max(...widths));
  const middle = Math.floor((from[i] + to[i]) / 2);
  if (to[i] === from[i]) return [];
  return [
    { from, to: to.with(i, middle) },
    { from: from.with(i, middle + 1), to },
  ];
}

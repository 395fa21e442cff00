import { Decimal } from 'decimal.js';
import { type Cents, requirementCents } from '@app/portfolio';
import { holdingLine, stockTerms } from './holding-line.js';
import { isLong, type Line } from './line.js';
import { minimumPairing, type Pairing } from './pairing.js';
import { regTGap, type RegTGaps } from './reg-t-gap.js';
import type { RegTContext, RegTHolding } from './reg-t-holding.js';
import type { RequirementKind } from './requirement.js';
import { stockAgainstTheBox } from './stock-requirement.js';
import type { Strategy } from './strategy.js';

/** Shares of each symbol held long and sold short at once, > 0. */
export type Boxed = ReadonlyMap<string, Decimal>;

/** The least requirement of one kind and how it is reached. */
export interface RegTRequirement extends Omit<Pairing, 'requirement' | 'marginValue'> {
  /** Rounded up to the cent. */
  readonly requirement: Cents;
  /** Dollars that options add to equity. */
  readonly marginValue: Decimal;
}

/** One class group of an account. Its members pair within one underlying; a fund covers options on its index. */
export interface RegTGroup {
  readonly classGroup: string;
  /** In symbol order. */
  readonly holdings: readonly RegTHolding[];
  readonly initial: RegTRequirement;
  /** The same object as `initial` where nothing that the two differ in is held. */
  readonly maintenance: RegTRequirement;
}

/** `holdings` in symbol order, one a symbol; those of quantity zero are here for what is boxed. */
export function regTGroup(
  classGroup: string,
  holdings: readonly RegTHolding[],
  boxed: Boxed,
  context: RegTContext,
): RegTGroup | RegTGaps {
  const held = holdings.filter(({ position }) => !position.quantity.isZero());
  const initial = leastRequirement(holdings, boxed, 'initial', context);
  const isAlike = held.every(({ instrument }) => instrument.kind === 'OPTION') && held.length === holdings.length;
  const maintenance = isAlike ? initial : leastRequirement(holdings, boxed, 'maintenance', context);
  if (initial === undefined || maintenance === undefined) {
    return [regTGap('amount.too_large', holdings[0].position.symbol)];
  }
  return { classGroup, holdings: held, initial, maintenance };
}

/** The least requirement of one kind; undefined where it is too large to be exact. */
export function leastRequirement(
  holdings: readonly RegTHolding[],
  boxed: Boxed,
  kind: RequirementKind,
  context: RegTContext,
): RegTRequirement | undefined {
  const held = holdings.filter(({ position }) => !position.quantity.isZero());
  const boxes = holdings.filter(({ position }) => boxed.has(position.symbol));
  return requirementOf(
    components(held.map((each) => holdingLine(each, context))).map((component) => pairing(component, kind, context)),
    boxes.map((each) => boxStrategy(each, boxed.get(each.position.symbol)!, kind, context)),
  );
}

function pairing(
  lines: readonly Line[],
  kind: RequirementKind,
  { solver, secondsPerPairing, rules }: RegTContext,
): Pairing {
  return minimumPairing(lines, kind, { solver, seconds: secondsPerPairing, longBoxRate: rules.longBox.value });
}

/** Lines that can be paired with each other: of one underlying, and of an index with the funds that cover its options. */
function components(lines: readonly Line[]): Line[][] {
  const isShortIndexOption = (line: Line): boolean => line.kind === 'OPTION' && line.index !== null && !isLong(line);
  const isFund = (line: Line): boolean => line.kind === 'SHARES' && line.coversIndex !== null;
  const joined = new Set(
    lines.some(isShortIndexOption) && lines.some(isFund)
      ? lines.filter((line) => isShortIndexOption(line) || isFund(line)).map(({ underlying }) => underlying)
      : [],
  );
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    // No underlying is spelled so.
    const key = joined.has(line.underlying) ? 'index and funds' : line.underlying;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [line]);
    else members.push(line);
  }
  return [...groups.values()];
}

function boxStrategy(held: RegTHolding, shares: Decimal, kind: RequirementKind, context: RegTContext): Strategy {
  const { symbol } = held.position;
  const quantity = shares.toNumber();
  return {
    formula: 'AGAINST_THE_BOX',
    legs: [
      { symbol, quantity },
      { symbol, quantity: -quantity },
    ],
    requirement: stockAgainstTheBox(stockTerms(held, context), context.rules)[kind] * quantity,
    marginValue: 0,
  };
}

function requirementOf(pairings: readonly Pairing[], boxes: readonly Strategy[]): RegTRequirement | undefined {
  const strategies = [...pairings.flatMap((each) => each.strategies), ...boxes];
  const dollars = strategies.reduce((sum, { requirement }) => sum + requirement, 0);
  const requirement = Number.isFinite(dollars) ? requirementCents(dollars) : undefined;
  if (requirement === undefined) return undefined;
  const marginValue = strategies.reduce(
    (sum, each) => sum.plus(new Decimal(each.marginValue.toFixed(6))),
    new Decimal(0),
  );
  return {
    requirement,
    marginValue,
    strategies,
    isOptimal: pairings.every(({ isOptimal }) => isOptimal),
    gap: pairings.reduce((sum, { gap }) => sum + gap, 0),
  };
}

import { numberOf, sharesOf } from '@app/portfolio';
import type { ClassRules } from '@app/rules';
import { hasShares } from './class-facts.js';
import type { ClassPlan } from './class-plan.js';
import { addTerms, exactSum, exactSums, LARGEST_GROSS, MOST_TERMS, takeTerms } from './exact-sums.js';
import type { Holding } from './holding.js';
import { doubles, zeros } from './zeros.js';

/**
 * Everything about a class group's positions that is a sum over them, exact: lines can be added and taken away, in any
 * order, and the same positions have the same bits however they were reached.
 */
export interface ClassSums {
  /** Profit at each point of the plan, then the sums of `SUMS`. */
  readonly sums: number[];
  /** Whole dollars that no sum's terms exceed in absolute value. */
  readonly gross: number;
  readonly lines: number;
}

/** Sums beside the profits, by their place after them. Dollars unless another unit is said. */
const SUMS = {
  bookMinimum: 0,
  houseMinimum: 1,
  longValue: 2,
  shortValue: 3,
  /** What calls and puts deliver: contracts × multiplier × price of the underlying, ≥ 0. */
  longCalls: 4,
  shortCalls: 5,
  longPuts: 6,
  shortPuts: 7,
  /** Shares, funds (times their multiple) and futures in the same measure, − for short. */
  linear: 8,
  /** Contracts, ≥ 0. */
  shortCallContracts: 9,
  shortPutContracts: 10,
  /** Shares as a fraction of all there are, − for short; what calls and what puts deliver in the same measure. */
  sharesHeld: 11,
  sharesOfCalls: 12,
  sharesOfPuts: 13,
  /** The same in days of average volume. */
  daysHeld: 14,
  daysOfCalls: 15,
  daysOfPuts: 16,
} as const;
export type ClassSum = keyof typeof SUMS;
const SUM_COUNT = Object.keys(SUMS).length;

/** Of nothing. */
export function emptySums(plan: ClassPlan): ClassSums {
  return { sums: exactSums(plan.points + SUM_COUNT), gross: 0, lines: 0 };
}

const nothings = new WeakMap<ClassPlan, ClassSums>();

/** The same, one object a plan: to start from, never to be written into. */
function nothing(plan: ClassPlan): ClassSums {
  const known = nothings.get(plan) ?? emptySums(plan);
  nothings.set(plan, known);
  return known;
}

/** Sums without the lines `taken` and with those `added`; undefined beyond what is exact. */
export function sumsAfter(
  plan: ClassPlan,
  before: ClassSums,
  taken: readonly Holding[],
  added: readonly Holding[],
): ClassSums | undefined {
  const sums = before.sums.slice();
  const lines = before.lines - taken.length + added.length;
  let { gross } = before;
  for (const line of taken) {
    const held = heldTerms(line, plan);
    takeTerms(sums, held.terms);
    gross -= held.largest;
  }
  for (const line of added) {
    const terms = lineTerms(line, plan, zeros(plan.points + SUM_COUNT));
    addTerms(sums, terms);
    gross += largest(terms);
  }
  return gross <= LARGEST_GROSS && lines <= MOST_TERMS ? { sums, gross, lines } : undefined;
}

/**
 * What an order's lines add where it may fill or not, whichever is worse: its loss at each point but no gain, what it
 * would be charged and hold gross. What it could cover is left out, what it could uncover counts as short; shares are
 * counted by their size, whatever their side. Undefined beyond what is exact.
 */
export function heldBackSums(plan: ClassPlan, lines: readonly Holding[]): ClassSums | undefined {
  const held = sizedSums(plan, lines);
  if (held === undefined) return undefined;
  for (let k = 0; k < plan.points; k++) if (profitAt(held, k) > 0) held.sums.fill(0, 2 * k, 2 * k + 2);
  return held;
}

/** The same with its gains. */
export function sizedSums(plan: ClassPlan, lines: readonly Holding[]): ClassSums | undefined {
  const filled = sumsAfter(plan, nothing(plan), [], lines);
  if (filled === undefined) return undefined;
  const { sums } = filled;
  const term = (sum: ClassSum): number => classSum(filled, plan, sum);
  const linear = term('linear');
  const sized = (['shares', 'days'] as const).map(
    (unit) => Math.abs(term(`${unit}Held`)) + Math.abs(term(`${unit}OfCalls`)) + Math.abs(term(`${unit}OfPuts`)),
  );
  const terms = zeros(plan.points + SUM_COUNT);
  terms[plan.points + (linear < 0 ? SUMS.shortCalls : SUMS.shortPuts)] = Math.abs(linear);
  for (const sum of OF_ONE_SIDE) sums.fill(0, 2 * (plan.points + SUMS[sum]), 2 * (plan.points + SUMS[sum]) + 2);
  [terms[plan.points + SUMS.sharesHeld], terms[plan.points + SUMS.daysHeld]] = sized;
  addTerms(sums, terms);
  return filled;
}

/** Sums that say on which side something is. */
const OF_ONE_SIDE: readonly ClassSum[] = [
  ...(['longCalls', 'longPuts', 'linear'] as const),
  ...(['sharesHeld', 'sharesOfCalls', 'sharesOfPuts', 'daysHeld', 'daysOfCalls', 'daysOfPuts'] as const),
];

/** Sums of positions and of what orders hold beside them: their shares are taken to lie on the side of the larger. */
export function sumsWithHeld(plan: ClassPlan, positions: ClassSums, held: ClassSums): ClassSums {
  const together = sumsTogether(positions, held, 1);
  for (const unit of ['shares', 'days'] as const) {
    const of = (part: 'Held' | 'OfCalls' | 'OfPuts'): number => classSum(positions, plan, `${unit}${part}`);
    const withCalls = of('Held') + of('OfCalls');
    const withPuts = of('Held') - of('OfPuts');
    const larger = Math.abs(withCalls) >= Math.abs(withPuts) ? withCalls : withPuts;
    const at = 2 * (plan.points + SUMS[`${unit}Held`]);
    if (larger < 0) for (const i of [at, at + 1]) together.sums[i] -= 2 * held.sums[i];
  }
  return together;
}

/** Two of one plan added, or the second taken from the first: as exact as each. */
export function sumsTogether(a: ClassSums, b: ClassSums, sign: 1 | -1): ClassSums {
  const sums = a.sums.slice();
  for (let i = 0; i < sums.length; i++) sums[i] += sign * b.sums[i];
  return { sums, gross: a.gross + sign * b.gross, lines: a.lines + sign * b.lines };
}

export function profitAt({ sums }: ClassSums, place: number): number {
  return exactSum(sums, place);
}

export function classSum({ sums }: ClassSums, plan: ClassPlan, sum: ClassSum): number {
  return exactSum(sums, plan.points + SUMS[sum]);
}

/** Profit of one long share or point of a line at a place of its plan's sums. */
export function unitProfit({ regulatory, house, plan }: Holding, place: number): number {
  const atBook = plan.bookGrid.points.length;
  return place < atBook ? regulatory.pnl[place] : house!.pnl[place - atBook];
}

/** Profit of one long share or point of a line at each point in force. */
export function unitProfits(line: Holding): number[] {
  return doubles(line.plan.inForce[0].places, (place) => unitProfit(line, place));
}

interface HeldTerms {
  readonly plan: ClassPlan;
  readonly terms: readonly number[];
  readonly largest: number;
}

/** By the line: what is held is taken away by question after question. */
const knownTerms = new WeakMap<Holding, HeldTerms>();

function heldTerms(line: Holding, plan: ClassPlan): HeldTerms {
  const known = knownTerms.get(line);
  if (known?.plan === plan) return known;
  const terms = lineTerms(line, plan, zeros(plan.points + SUM_COUNT));
  const held = { plan, terms, largest: largest(terms) };
  knownTerms.set(line, held);
  return held;
}

/** What one position adds to each sum, written into `terms`, which are zero. */
function lineTerms(line: Holding, plan: ClassPlan, terms: number[]): number[] {
  const { position, mark, regulatory, house } = line;
  const units = sharesOf(position.quantity, mark);
  const price = mark.priceNumber;
  const atBook = regulatory.pnl.length;
  for (let k = 0; k < atBook; k++) terms[k] = units * regulatory.pnl[k];
  const at = plan.points;
  terms[at + SUMS.bookMinimum] = lineMinimumCharge(line, units, price, plan.book);
  // The house keeps it out of the model: only the rule book's sums have it.
  if (line.strategy !== null) return terms;
  if (house !== null) for (let k = 0; k < house.pnl.length; k++) terms[atBook + k] = units * house.pnl[k];
  terms[at + SUMS.houseMinimum] = lineMinimumCharge(line, units, price, plan.numbers);
  // A future has no market value: its gains and losses are in cash.
  const value = mark.instrument.kind === 'FUTURE' ? 0 : Math.abs(units) * price;
  terms[at + (units > 0 ? SUMS.longValue : SUMS.shortValue)] = value;
  fillDelivered(terms, at, line, units, price);
  fillShares(terms, at, line, units, plan.numbers);
  return terms;
}

function fillDelivered(
  terms: number[],
  at: number,
  { position, mark, underlying, regulatory }: Holding,
  units: number,
  price: number,
): void {
  const { instrument } = mark;
  if (instrument.kind !== 'OPTION') {
    terms[at + SUMS.linear] = units * price * underlying.leverage;
    return;
  }
  const delivered = Math.abs(units) * regulatory.spot;
  const isCall = instrument.right === 'CALL';
  if (units > 0) {
    terms[at + (isCall ? SUMS.longCalls : SUMS.longPuts)] = delivered;
    return;
  }
  terms[at + (isCall ? SUMS.shortCalls : SUMS.shortPuts)] = delivered;
  terms[at + (isCall ? SUMS.shortCallContracts : SUMS.shortPutContracts)] = Math.abs(numberOf(position.quantity));
}

/** Only where rules ask: then `holding` has made sure that the facts are known. */
function fillShares(
  terms: number[],
  at: number,
  { mark: { instrument }, underlying }: Holding,
  units: number,
  numbers: ClassRules,
): void {
  if (!hasShares(underlying) || instrument.kind === 'FUTURE') return;
  const offset = instrument.kind === 'UNDERLYING' ? 0 : instrument.right === 'CALL' ? 1 : 2;
  if (numbers.sharesOutstanding !== null) terms[at + SUMS.sharesHeld + offset] = units / underlying.sharesOutstanding!;
  // A stock that does not trade is as one of which a share a day is.
  if (numbers.daysVolume !== null)
    terms[at + SUMS.daysHeld + offset] = units / Math.max(1, underlying.averageDailyVolume!);
}

/** Shares carry no minimum; every option and future does, long or short (FINRA 4210(g)(7)). */
function lineMinimumCharge({ mark }: Holding, units: number, price: number, rules: ClassRules): number {
  const { kind } = mark.instrument;
  if (kind === 'UNDERLYING') return 0;
  const capped = rules.minimumChargeCappedForLongs && kind === 'OPTION' && units > 0;
  return Math.abs(units) * (capped ? Math.min(rules.minimumCharge, price) : rules.minimumCharge);
}

/** Whole dollars no term exceeds; infinite or no number where a term is. */
function largest(terms: readonly number[]): number {
  let most = 0;
  for (let i = 0; i < terms.length; i++) {
    const size = Math.abs(terms[i]);
    // Not `size > most`: what is no number must not pass for nothing.
    if (!(size <= most)) most = size;
    if (Number.isNaN(most)) return NaN;
  }
  return Math.ceil(most);
}

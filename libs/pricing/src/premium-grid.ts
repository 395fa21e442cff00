import { type Exercised, heatStep } from './heat-step.js';
import { tableCdf } from './normal-table.js';

/*
 * Early-exercise premium of an option by finite differences, on the spot X net of escrowed dividends, per unit of strike.
 *
 * The premium V - European, not the value: it has no kink at the strike, starts from 0, and is smooth but for the
 * exercise boundary. In y = ln(X / K) + (r - q - sigma²/2) tau, tau the time to expiry, v = e^{r tau} (V - European) / K
 * follows the heat equation v_tau = sigma²/2 v_yy: no drift, the same coefficients at every node. The obstacle is the
 * premium of exercising on the spot X + D(t).
 */
export interface PremiumGrid {
  /** +1 call, -1 put. */
  readonly w: 1 | -1;
  readonly exercised: Exercised;
  readonly r: number;
  readonly q: number;
  readonly sigma: number;
  /** Nodes y = (first + i) dy, i = 0..count - 1; e^y there; v there. */
  readonly dy: number;
  readonly first: number;
  readonly count: number;
  readonly growth: Float64Array;
  readonly values: Float64Array;
  /** Time to expiry the values stand at, years. */
  tau: number;
  /** D(t) e^{r tau} / K: dividends still to come, grown to expiry. */
  dividends: number;
}

/** Steps at the start of a stretch taken as two implicit halves: they damp what is not smooth (Rannacher 1984). */
const DAMPED_STEPS = 2;

let grid: PremiumGrid;
let lift = 1;
let yieldGrowth = 1;
let payment = 0;
let deviation = 1;

/** Sets what the obstacle is made of at the grid's time. */
function setMoment(at: PremiumGrid, tau: number): void {
  grid = at;
  lift = Math.exp(0.5 * at.sigma * at.sigma * tau);
  yieldGrowth = Math.exp(at.q * tau);
  payment = at.dividends - Math.exp(at.r * tau);
  deviation = at.sigma * Math.sqrt(tau);
}

/** The obstacle at a node. */
function exercisePremium(node: number): number {
  return exercisePremiumAt((grid.first + node) * grid.dy, grid.growth[node]);
}

/** e^{r tau} (w (X + D - K) - European) / K: d2 = y / (sigma sqrt tau), forward e^y e^{sigma² tau / 2}. */
function exercisePremiumAt(y: number, growth: number): number {
  const { w } = grid;
  const forward = growth * lift;
  const d2 = (w * y) / deviation;
  return w * (forward * (yieldGrowth - tableCdf(d2 + w * deviation)) + payment + tableCdf(d2));
}

/**
 * Carries the premium from the grid's time back to `tau` before expiry in `steps` steps that lengthen as they go: the
 * boundary starts as the square root of the time since expiry or an ex-date.
 */
export function carryBack(at: PremiumGrid, tau: number, steps: number): void {
  const start = at.tau;
  for (let k = 1; k <= steps; k++) {
    const end = k === steps ? tau : start + (tau - start) * (k / steps) * (k / steps);
    if (k <= DAMPED_STEPS) {
      const middle = 0.5 * (at.tau + end);
      stepTo(at, middle, 1);
      stepTo(at, end, 1);
    } else {
      stepTo(at, end, 0.5);
    }
  }
}

function stepTo(at: PremiumGrid, tau: number, implicit: number): void {
  const lambda = (0.5 * at.sigma * at.sigma * (tau - at.tau)) / (at.dy * at.dy);
  setMoment(at, tau);
  heatStep(at.values, at.count, implicit * lambda, (1 - implicit) * lambda, at.exercised, exercisePremium);
  at.tau = tau;
}

/**
 * Passes an ex-date, backwards: from now on a dividend of `amount` (grown to expiry, over the strike) is still to come.
 * A call may be exercised just before it, which leaves a kink where that begins to pay: there the node takes the mean
 * over its cell, so that the error does not depend on where between two nodes the kink lies. A put gains by waiting.
 */
export function passExDate(at: PremiumGrid, amount: number): void {
  at.dividends += amount;
  if (at.w < 0) return;
  if (at.tau === 0) exerciseAtExpiry(at);
  else exerciseBeforeDrop(at);
}

function exerciseBeforeDrop(at: PremiumGrid): void {
  const { values, count } = at;
  setMoment(at, at.tau);
  let above = 0;
  let node = count - 1;
  for (; node >= 0; node--) {
    const gain = exercisePremium(node) - values[node];
    if (!(gain > 0)) {
      smoothKink(values, node, gain, above, count);
      return;
    }
    values[node] += gain;
    above = gain;
  }
}

/** The gain from exercise crosses 0 between `node`, where it is `below` ≤ 0, and the next, raised by `above` > 0. */
function smoothKink(values: Float64Array, node: number, below: number, above: number, count: number): void {
  if (node === count - 1) return;
  const slope = above - below;
  // Distance of the upper node from the kink, in cells; the mean of the gain over the cell that holds the kink.
  const upper = above / slope;
  if (upper <= 0.5) values[node + 1] += 0.5 * slope * (0.5 + upper) * (0.5 + upper) - above;
  else values[node] += 0.5 * slope * (upper - 0.5) * (upper - 0.5);
}

/** An ex-date on the last day: exercised before it on X + d, at expiry on X. */
function exerciseAtExpiry(at: PremiumGrid): void {
  for (let node = 0; node < at.count; node++) {
    const y = (at.first + node) * at.dy;
    at.values[node] = cellMean(y, at.dy, 1 - at.dividends) - cellMean(y, at.dy, 1);
  }
}

/** Mean of max(0, e^y - c) over the cell around y. */
function cellMean(y: number, dy: number, c: number): number {
  const high = y + 0.5 * dy;
  const low = Math.max(y - 0.5 * dy, c > 0 ? Math.log(c) : -Infinity);
  return low < high ? (Math.exp(high) - Math.exp(low) - c * (high - low)) / dy : 0;
}

/**
 * v between the nodes, by the polynomial through the six around y. Where some of them are exercised, v leaves the
 * obstacle like the square of the distance to the boundary: there the root of what it exceeds it by is read, a straight
 * line.
 */
export function premiumAt(at: PremiumGrid, y: number): number {
  setMoment(at, at.tau);
  const position = y / at.dy - at.first;
  const from = Math.floor(position) - 2;
  let sum = 0;
  for (let i = 0; i < 6; i++) {
    let weight = at.values[from + i];
    if (weight <= exercisePremium(from + i)) {
      const root = excessRoot(at.values, from + 2, position - from - 2);
      return exercisePremiumAt(y, Math.exp(y)) + root * root;
    }
    for (let j = 0; j < 6; j++) if (j !== i) weight *= (position - from - j) / (i - j);
    sum += weight;
  }
  return sum;
}

/** Root of v's excess over the obstacle, a `fraction` of the way from a node to the next; 0 where exercised. */
function excessRoot(values: Float64Array, node: number, fraction: number): number {
  const root = (i: number): number => Math.sqrt(Math.max(0, values[i] - exercisePremium(i)));
  const [left, right] = [root(node), root(node + 1)];
  if (left === 0 && right === 0) return 0;
  if (left === 0) return Math.max(0, right - (1 - fraction) * (root(node + 2) - right));
  if (right === 0) return Math.max(0, left - fraction * (root(node - 1) - left));
  return left + fraction * (right - left);
}

import { blackScholes } from './black-scholes.js';
import { dividendsPresentValue, escrowedSpot, presentValue } from './escrowed-spot.js';
import { normalCdf } from './normal-cdf.js';
import type { OptionTerms } from './option-terms.js';

/*
 * Early-exercise premiums of one American option at many spots from one pair of lattice sweeps.
 *
 * Binomial lattice of Cox, Ross & Rubinstein (1979) on the forward price (so that the probability 1 / (1 + u) stays
 * inside (0, 1) at any rate and volatility), with the Black-Scholes value at the step before expiry and two-point
 * Richardson extrapolation: BBSR of Broadie & Detemple (1996). Two departures:
 *  - nodes are anchored to the strike, not the spot: level k stands for K e^{kh} at expiry and K e^{-(r-q)(T-t)} e^{kh}
 *    at t, h = volatility sqrt(T/n). Prices at all spots then come from the same sweep by cubic interpolation of
 *    what continuation adds to the European value, and converge smoothly: the kink of the payoff never moves against
 *    the nodes.
 *  - only levels within REACH standard deviations of the asked spots are kept; further out matters less than 1e-10.
 *
 * Cash dividends are escrowed: the lattice carries X = S - D(t), exercise is on S. An ex-date between two steps would
 * be missed by up to a step, so the step before it may also commit to exercise on that very date.
 */
/**
 * Root mean square error, of the strike: 192 steps 1.2e-5, 256 9.5e-6 over 2,000 random options; 2.7e-5 and 2.0e-5 over
 * 97 with cash dividends. Time grows as n^1.5.
 */
const STEPS = 256;
const REACH = 6.5;
/** Widest band of spots, in standard deviations, that shares a sweep; beyond it separate sweeps are cheaper. */
const WIDEST_SHARED = 26;
/** Levels further than this many steps' deviations from the strike one step before expiry see no kink. */
const KINK_REACH = 9;
/** 2000 % over four years. Values beyond are taken at it, within 2 % of their limit. Keeps e^{kh} finite. */
const LARGEST_DEVIATION = 40;
/** |ln(forward / strike)| beyond which an option is worth its value for certain. Keeps e^{kh} finite. */
const FURTHEST_LOG = 300;

/** A band holds at most (WIDEST_SHARED + 2 REACH) sqrt(STEPS) + 20 levels. Kept, so that a sweep allocates nothing. */
const CAPACITY = 2048;
const growth = new Float64Array(CAPACITY);
const values = new Float64Array(CAPACITY);
let deviations = new Float64Array(64);

/**
 * Writes to `out` what the right to exercise after today, not only at expiry, adds to the European value at each spot,
 * per share. Exercise today, and the bounds that hold exactly, are the caller's to apply: lattice error may leave a
 * premium slightly below 0. Spots wholly made of escrowed dividends, or beyond any reach of the strike, get 0. The
 * terms must have time left.
 *
 * @param deviation standard deviation of the log price to expiry, volatility × sqrt(years), > 0
 */
export function earlyExercisePremiums(
  terms: OptionTerms,
  spots: Float64Array,
  deviation: number,
  out: Float64Array,
): void {
  const bounded = Math.min(deviation, LARGEST_DEVIATION);
  place(terms, spots, bounded);
  out.fill(0, 0, spots.length);
  for (;;) {
    let low = Infinity;
    for (let j = 0; j < spots.length; j++) if (deviations[j] < low) low = deviations[j];
    if (low === Infinity) return;
    let high = low;
    for (let j = 0; j < spots.length; j++) {
      if (deviations[j] > high && deviations[j] <= low + WIDEST_SHARED) high = deviations[j];
    }
    addSweep(terms, bounded, STEPS, low, high, 2, spots.length, out);
    addSweep(terms, bounded, STEPS / 2, low, high, -1, spots.length, out);
    for (let j = 0; j < spots.length; j++) if (deviations[j] <= high) deviations[j] = NaN;
  }
}

/** Where each spot lies: standard deviations of its forward from the strike; NaN if 0 or too far to matter. */
function place(terms: OptionTerms, spots: Float64Array, deviation: number): void {
  const { strike, yearsToExpiry: T, rateContinuous: r, dividendYield: q, dividends } = terms;
  if (deviations.length < spots.length) deviations = new Float64Array(spots.length);
  const dividendsValue = dividendsPresentValue(dividends);
  const anchor = strike * Math.exp((q - r) * T);
  for (let j = 0; j < spots.length; j++) {
    const netSpot = escrowedSpot(spots[j], dividendsValue);
    const log = Math.log(netSpot / anchor);
    deviations[j] = Math.abs(log) <= FURTHEST_LOG ? log / deviation : NaN;
  }
}

/** Adds `weight` × the n-step lattice's premiums to `out` for the spots between `low` and `high`. n is even. */
function addSweep(
  terms: OptionTerms,
  deviation: number,
  n: number,
  low: number,
  high: number,
  weight: number,
  count: number,
  out: Float64Array,
): void {
  const levelsPerDeviation = Math.sqrt(n);
  const h = deviation / levelsPerDeviation;
  const reach = 2 * Math.ceil((REACH * levelsPerDeviation) / 2);
  // Levels at t = 0 are even; the cubic needs one below and two above the lower neighbour of each spot.
  const first = 2 * Math.floor((low * levelsPerDeviation) / 2) - 2;
  const last = 2 * Math.floor((high * levelsPerDeviation) / 2) + 4;
  // Array index of a level is level - base: level numbers themselves may be beyond 32 bits at tiny volatilities.
  const base = first - reach - 2;
  sweep(terms, n, h, base, reach + 2, last - base, reach);
  subtractEuropean(terms, deviation, reach + 2, last - base);
  for (let j = 0; j < count; j++) {
    if (deviations[j] >= low && deviations[j] <= high) {
      out[j] += weight * interpolated(deviations[j] * levelsPerDeviation - base, h);
    }
  }
}

/** Leaves the premium in `values`. A level's discounted spot is the discounted strike times its growth. */
function subtractEuropean(terms: OptionTerms, deviation: number, first: number, last: number): void {
  const isCall = terms.right === 'CALL';
  const B = terms.strike * Math.exp(-terms.rateContinuous * terms.yearsToExpiry);
  for (let k = first; k <= last; k += 2) values[k] -= blackScholes(isCall, B * growth[k], B, deviation);
}

/**
 * Cubic Lagrange interpolation of `values` on the even indices around a fractional index. Cubic in the price, not in
 * its logarithm: far in the money the value is a straight line in the price.
 */
function interpolated(index: number, h: number): number {
  const i = 2 * Math.floor(index / 2);
  const x = index - i;
  // Prices in units of the node at i: nodes at 1/u, 1, u, u². Differences by expm1, as u may be 1 + 1e-9.
  const u = Math.exp(2 * h);
  const a = Math.expm1((x + 2) * h) / u;
  const b = Math.expm1(x * h);
  const c = Math.expm1((x - 2) * h) * u;
  const d = Math.expm1((x - 4) * h) * u * u;
  const gap = Math.expm1(2 * h);
  const inner = a * d * (c * u * values[i] - b * values[i + 2]);
  const outer = (b * c * (a * values[i + 4] - d * u * u * u * values[i - 2])) / (u * u + u + 1);
  return (inner + outer) / (gap * gap * gap * (u + 1));
}

/** Leaves in `values`, at even indices from `first` to `last`, the values at t = 0 of not exercising at t = 0. */
function sweep(terms: OptionTerms, n: number, h: number, base: number, first: number, last: number, reach: number) {
  const { strike: K, yearsToExpiry: T, rateContinuous: r, dividendYield: q, dividends } = terms;
  const w = terms.right === 'CALL' ? 1 : -1;
  const dt = T / n;
  const discount = Math.exp(-r * dt);
  const up = discount / (1 + Math.exp(h));
  const down = discount - up;
  const stepBackwards = Math.exp((q - r) * dt);

  startBeforeExpiry(w, K * discount, h, base, last + reach + 2);
  let level = w * K;
  let dividend = dividends.length - 1;
  let dividendsToCome = 0;
  for (let i = n - 1; i >= 0; i--) {
    // The band is the cone that reaches the asked levels; where it is cut off it alternates to keep parity with i.
    const widen = i <= reach ? i : reach + (i & 1);
    const lo = first - widen;
    const hi = last + widen;
    if (i < n - 1) rollBack(lo, hi, up, down);
    if (i === 0) return;
    level *= stepBackwards;
    const t = i * dt;
    const grown = Math.exp(r * t);
    for (; dividend >= 0 && dividends[dividend].years > t; dividend--) {
      const wait = dividends[dividend].years - t;
      const before = dividendsToCome + presentValue(dividends[dividend]);
      const counted = w > 0 ? before : dividendsToCome;
      exercise(lo, hi, level * Math.exp(-q * wait), w * (counted * grown - K * Math.exp(-r * wait)));
      dividendsToCome = before;
    }
    exercise(lo, hi, level, w * (dividendsToCome * grown - K));
  }
}

/** Fills `growth` with e^{kh} and `values` with the European values one step before expiry. */
function startBeforeExpiry(w: number, discountedStrike: number, h: number, base: number, end: number): void {
  const u = Math.exp(h);
  const kink = KINK_REACH + 0.5 * h;
  let forward = Math.exp(base * h);
  for (let index = 0; index <= end; index++) {
    const k = base + index;
    growth[index] = forward;
    let value = Math.max(0, w * (forward - 1));
    // One step's deviation is h, so d1 = k + h/2 and d2 = k - h/2.
    if (k > -kink && k < kink) value = w * (forward * normalCdf(w * (k + 0.5 * h)) - normalCdf(w * (k - 0.5 * h)));
    values[index] = discountedStrike * value;
    forward *= u;
  }
}

/** One step back in place: levels alternate parity, so a level's neighbours still hold the later step's values. */
function rollBack(lo: number, hi: number, up: number, down: number): void {
  for (let k = lo; k <= hi; k += 2) values[k] = up * values[k + 1] + down * values[k - 1];
}

/** Raises values to the exercise value slope × growth + intercept. */
function exercise(lo: number, hi: number, slope: number, intercept: number): void {
  for (let k = lo; k <= hi; k += 2) {
    const payoff = slope * growth[k] + intercept;
    if (payoff > values[k]) values[k] = payoff;
  }
}

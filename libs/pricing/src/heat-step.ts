/*
 * Crank-Nicolson steps of the heat equation v_t = c v_yy on a uniform grid, kept at or above an obstacle.
 *
 * Brennan & Schwartz (1977): eliminate from the side where the obstacle does not bind, substitute back from the side
 * where it does, raising each value to the obstacle on the way. The matrix is the same at every node, so its factors are
 * taken at their limit: numbers instead of arrays. That supposes a solution flat at the side elimination starts from.
 */

/** Obstacle at a node of the grid. */
export type Obstacle = (node: number) => number;

/** Whether nodes are exercised from the grid's low end upwards (puts), its high end downwards, or in the middle. */
export type Exercised = 'LOW' | 'HIGH' | 'MIDDLE';

let rest = new Float64Array(0);

/**
 * One step of `v`, in place.
 *
 * @param a c dt / dy² times the weight of the step's end: 1 if fully implicit, 1/2 for Crank-Nicolson
 * @param e the same times the weight of its start
 */
export function heatStep(
  v: Float64Array,
  count: number,
  a: number,
  e: number,
  exercised: Exercised,
  obstacle: Obstacle,
): void {
  if (rest.length < count) rest = new Float64Array(2 * count);
  const last = count - 1;
  // Far in or out of the money the solution is flat: nothing diffuses.
  const low = Math.max(v[0], obstacle(0));
  const high = Math.max(v[last], obstacle(last));
  if (exercised === 'LOW') {
    eliminateDown(v, last, 1, a, e, high);
    v[0] = low;
    substituteUp(v, 1, last, a, obstacle);
  } else if (exercised === 'HIGH') {
    eliminateUp(v, 0, last - 1, a, e, low);
    v[last] = high;
    substituteDown(v, last - 1, 0, a, obstacle);
  } else {
    middleStep(v, last, a, e, low, high, obstacle);
  }
}

/** Diagonal after elimination: m = b - a² / m, b = 1 + 2 a. */
function pivot(a: number): number {
  return 0.5 * (1 + 2 * a + Math.sqrt(1 + 4 * a));
}

/** Fills `rest` from `from` down to `to`: v_i = rest_i + (a / m) v_{i-1}. */
function eliminateDown(v: Float64Array, from: number, to: number, a: number, e: number, edge: number): void {
  const inverse = 1 / pivot(a);
  let carried = edge * (1 - a * inverse);
  rest[from] = carried;
  let right = v[from];
  let here = v[from - 1];
  for (let i = from - 1; i >= to; i--) {
    const left = v[i - 1];
    carried = (here + e * (left - 2 * here + right) + a * carried) * inverse;
    rest[i] = carried;
    right = here;
    here = left;
  }
}

function eliminateUp(v: Float64Array, from: number, to: number, a: number, e: number, edge: number): void {
  const inverse = 1 / pivot(a);
  let carried = edge * (1 - a * inverse);
  rest[from] = carried;
  let left = v[from];
  let here = v[from + 1];
  for (let i = from + 1; i <= to; i++) {
    const right = v[i + 1];
    carried = (here + e * (left - 2 * here + right) + a * carried) * inverse;
    rest[i] = carried;
    left = here;
    here = right;
  }
}

/** v from `from` up to `to`; the obstacle is looked at only until it first lies below. */
function substituteUp(v: Float64Array, from: number, to: number, a: number, obstacle: Obstacle): void {
  const ratio = a / pivot(a);
  let binds = true;
  let value = v[from - 1];
  for (let i = from; i <= to; i++) {
    value = rest[i] + ratio * value;
    if (binds) {
      const floor = obstacle(i);
      if (floor > value) value = floor;
      else binds = false;
    }
    v[i] = value;
  }
}

function substituteDown(v: Float64Array, from: number, to: number, a: number, obstacle: Obstacle): void {
  const ratio = a / pivot(a);
  let binds = true;
  let value = v[from + 1];
  for (let i = from; i >= to; i--) {
    value = rest[i] + ratio * value;
    if (binds) {
      const floor = obstacle(i);
      if (floor > value) value = floor;
      else binds = false;
    }
    v[i] = value;
  }
}

/** Free of the obstacle first; where that falls furthest short is surely exercised, and parts the grid in two. */
function middleStep(
  v: Float64Array,
  last: number,
  a: number,
  e: number,
  low: number,
  high: number,
  obstacle: Obstacle,
): void {
  const before = v.slice(0, last + 1);
  eliminateDown(v, last, 1, a, e, high);
  v[0] = low;
  const ratio = a / pivot(a);
  let shortest = 0;
  let most = 0;
  for (let i = 1; i < last; i++) {
    v[i] = rest[i] + ratio * v[i - 1];
    const short = obstacle(i) - v[i];
    if (short > most) {
      most = short;
      shortest = i;
    }
  }
  v[last] = high;
  if (shortest === 0) return;
  v.set(before);
  eliminateDown(v, last, shortest + 1, a, e, high);
  eliminateUp(v, 0, shortest - 1, a, e, low);
  v[shortest] = obstacle(shortest);
  substituteUp(v, shortest + 1, last, a, obstacle);
  substituteDown(v, shortest - 1, 0, a, obstacle);
}

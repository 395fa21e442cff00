/*
 * Lists of doubles that questions make and drop. A typed array of more than 64 bytes has its memory outside V8's heap,
 * and making one takes ten times as long as a plain list; a plain list holds its doubles unboxed as long as it was never
 * one of small integers or of holes. So they are cut from one that holds doubles.
 */
const DOUBLES: readonly number[] = Array.from({ length: 256 }, () => 0.5).fill(0);

/** `count` zeros, to be added to. */
export function zeros(count: number): number[] {
  return count <= DOUBLES.length ? DOUBLES.slice(0, count) : Array.from({ length: count }, () => 0.5).fill(0);
}

/** A number for each place in a list. */
export function doubles<T>(list: readonly T[], of: (item: T, place: number) => number): number[] {
  const numbers = zeros(list.length);
  for (let i = 0; i < list.length; i++) numbers[i] = of(list[i], i);
  return numbers;
}

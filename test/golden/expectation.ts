/** A figure and how far an answer may be from it; without a tolerance it must be equal. */
export interface ExpectedFigure {
  readonly value: number;
  readonly relativeTolerance?: number;
  readonly absoluteTolerance?: number;
}

/** What an answer holds at a path: a figure, or exactly this text, truth, emptiness or nothing. */
export type Expected = ExpectedFigure | string | boolean | null | readonly [];

/** The value at a dotted path, list items by their place: `classGroups.0.requirement.after`. */
function valueAt(reply: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], reply);
}

/** Fails unless the reply holds what is expected at `path`. A figure passes within the wider of its tolerances. */
export function expectAt(reply: unknown, path: string, expected: Expected): void {
  const actual = valueAt(reply, path);
  if (expected === null || typeof expected !== 'object' || !('value' in expected)) {
    expect({ [path]: actual }).toEqual({ [path]: expected });
    return;
  }
  const { value, relativeTolerance = 0, absoluteTolerance = 0 } = expected;
  const tolerance = Math.max(Math.abs(value) * relativeTolerance, absoluteTolerance);
  // Only a figure counts as one: null would pass for 0.
  const figure = typeof actual === 'number' || typeof actual === 'string' ? Number(actual) : NaN;
  // Binary fractions of whole cents differ in the last bits.
  const isWithin = Math.abs(figure - value) <= tolerance + Math.abs(value) * 1e-12;
  expect({ path, value: figure, isWithin }).toEqual({ path, value: figure, isWithin: true });
}

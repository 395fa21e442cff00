/** Above this many characters a body is scanned whatever it holds: what it costs to parse has to be bounded first. */
const MOST_CHARACTERS = 65_536;
/** Objects and lists inside each other, far below what a scan refuses. */
const MOST_DEPTH = 16;

/** Names that reach an object's prototype, or nearly. */
const FORBIDDEN = ['proto', 'constructor'];

/**
 * The value of JSON `text` where it can be told without a scan that every reader reads the same; undefined: look closer.
 * Only text without escapes and numbers: then there is no character and no digit that reading could change, and a colon
 * stands after each name, or inside a string. As many colons as the value has names: no name occurred twice.
 */
export function plainJson(text: string): unknown {
  if (text.length > MOST_CHARACTERS || text.includes('\\') || FORBIDDEN.some((name) => text.includes(name))) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return names(value, 0) === colons(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Names of all objects in a value; NaN where it holds a number or is nested deeply. */
function names(value: unknown, depth: number): number {
  if (typeof value === 'number' || depth > MOST_DEPTH) return NaN;
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) count += names(value[i], depth + 1);
    return count;
  }
  for (const name in value) count += 1 + names((value as Record<string, unknown>)[name], depth + 1);
  return count;
}

function colons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count++;
  return count;
}

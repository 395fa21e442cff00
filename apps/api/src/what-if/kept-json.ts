const texts = new WeakMap<object, string>();

/**
 * Notes that an object never changes and goes into many answers: `jsonText` writes it once. Returns the object itself.
 */
export function keptJson<T extends object>(value: T): T {
  if (!texts.has(value)) texts.set(value, JSON.stringify(value));
  return value;
}

/**
 * What `JSON.stringify` writes of one object with the members of all `parts`; kept objects that are members, or items of
 * lists that are members, as they were written.
 */
export function jsonText(...parts: readonly object[]): string {
  let text = '';
  for (const part of parts) {
    for (const name of Object.keys(part)) {
      const member = (part as Record<string, unknown>)[name];
      if (member !== undefined) text += `${text === '' ? '{' : ','}"${name}":${memberText(member)}`;
    }
  }
  return text === '' ? '{}' : `${text}}`;
}

function memberText(member: unknown): string {
  if (typeof member !== 'object' || member === null) return JSON.stringify(member);
  const known = texts.get(member);
  if (known !== undefined) return known;
  if (Array.isArray(member) && member.length === 0) return '[]';
  if (!Array.isArray(member) || !member.some((item: unknown) => isKept(item))) return JSON.stringify(member);
  return `[${member.map((item: unknown) => (isKept(item) ? texts.get(item)! : JSON.stringify(item))).join(',')}]`;
}

function isKept(item: unknown): item is object {
  return typeof item === 'object' && item !== null && texts.has(item);
}

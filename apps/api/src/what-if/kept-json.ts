import { createHash } from 'node:crypto';
import type { KeptText } from '@app/store';

/** The JSON of an object that never changes. */
class KeptJson implements KeptText {
  private hash: string | undefined;

  constructor(readonly text: string) {}

  get digest(): string {
    return (this.hash ??= createHash('sha256').update(this.text).digest('hex'));
  }
}

const texts = new WeakMap<object, KeptJson>();

/** A kept text as long as this is stored once for all answers that have it. */
const WORTH_SHARING = 200;

/**
 * Notes that an object never changes and goes into many answers: `writtenJson` writes it once. Returns the object itself.
 */
export function keptJson<T extends object>(value: T): T {
  if (!texts.has(value)) texts.set(value, new KeptJson(JSON.stringify(value)));
  return value;
}

export interface WrittenJson {
  readonly text: string;
  /** Long parts of it that other answers have as well. */
  readonly shared: readonly KeptText[];
}

/**
 * What `JSON.stringify` writes of one object with the members of all `parts`; kept objects that are members, or items of
 * lists that are members, as they were written.
 */
export function writtenJson(...parts: readonly object[]): WrittenJson {
  const shared: KeptText[] = [];
  let text = '';
  for (const part of parts) {
    for (const name of Object.keys(part)) {
      const member = (part as Record<string, unknown>)[name];
      if (member !== undefined) text += `${text === '' ? '{' : ','}"${name}":${memberText(member, shared)}`;
    }
  }
  return { text: text === '' ? '{}' : `${text}}`, shared };
}

function memberText(member: unknown, shared: KeptText[]): string {
  if (typeof member !== 'object' || member === null) return JSON.stringify(member);
  const known = texts.get(member);
  if (known !== undefined) {
    if (known.text.length >= WORTH_SHARING && !shared.includes(known)) shared.push(known);
    return known.text;
  }
  if (!Array.isArray(member)) return JSON.stringify(member);
  if (member.length === 0) return '[]';
  if (!member.some((item: unknown) => isKept(item))) return JSON.stringify(member);
  return `[${member.map((item: unknown) => (isKept(item) ? texts.get(item)!.text : JSON.stringify(item))).join(',')}]`;
}

function isKept(item: unknown): item is object {
  return typeof item === 'object' && item !== null && texts.has(item);
}

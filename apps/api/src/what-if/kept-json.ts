import { createHash } from 'node:crypto';
import type { SharedText } from '@app/store';
import { moneyChangeJson } from './money-change.js';

/** The JSON of an object that never changes. */
class KeptJson implements SharedText {
  private hash: string | undefined;
  private encoded: Buffer | undefined;

  constructor(readonly text: string) {}

  get digest(): string {
    return (this.hash ??= createHash('sha256').update(this.text).digest('hex'));
  }

  get bytes(): Buffer {
    return (this.encoded ??= Buffer.from(this.text));
  }
}

const texts = new WeakMap<object, KeptJson>();

/** A kept text as long as this is a piece of its own, stored once for all answers that have it. */
const WORTH_SHARING = 200;

/**
 * Notes that an object never changes and goes into many answers: `writtenJson` writes it once. Returns the object itself.
 */
export function keptJson<T extends object>(value: T): T {
  if (!texts.has(value)) texts.set(value, new KeptJson(JSON.stringify(value)));
  return value;
}

/** JSON in pieces that follow each other: long parts that other answers have as well, and what is between them. */
export type WrittenJson = readonly (string | SharedText)[];

/**
 * What `JSON.stringify` writes of one object with the members of all `parts`; kept objects that are members, or items of
 * lists that are members, as they were written.
 */
export function writtenJson(...parts: readonly object[]): WrittenJson {
  const pieces: (string | SharedText)[] = [];
  let text = '';
  let between = '{';
  for (const part of parts) {
    for (const name of Object.keys(part)) {
      const member = (part as Record<string, unknown>)[name];
      if (member === undefined) continue;
      text += `${between}"${name}":`;
      between = ',';
      const kept = typeof member === 'object' && member !== null ? texts.get(member) : undefined;
      if (kept === undefined) text += memberText(member);
      else if (kept.text.length < WORTH_SHARING) text += kept.text;
      else {
        pieces.push(text, kept);
        text = '';
      }
    }
  }
  pieces.push(between === '{' ? '{}' : `${text}}`);
  return pieces;
}

/** The pieces as one text. */
export function wholeJson(pieces: WrittenJson): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}

function memberText(member: unknown): string {
  if (typeof member === 'boolean') return member ? 'true' : 'false';
  if (typeof member !== 'object' || member === null) return JSON.stringify(member);
  if (!Array.isArray(member)) return moneyChangeJson(member) ?? JSON.stringify(member);
  if (member.length === 0) return '[]';
  if (!member.some((item: unknown) => isKept(item))) return JSON.stringify(member);
  return `[${member.map((item: unknown) => (isKept(item) ? texts.get(item)!.text : JSON.stringify(item))).join(',')}]`;
}

function isKept(item: unknown): item is object {
  return typeof item === 'object' && item !== null && texts.has(item);
}

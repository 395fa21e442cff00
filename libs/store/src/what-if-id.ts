import { randomUUID } from 'node:crypto';

const MILLISECONDS_DIGITS = 12;

/**
 * A new id for a block of answers: a UUID of version 8, whose layout is the maker's own (RFC 9562): 48 bits of
 * milliseconds, so that new blocks lie beside each other in the index, 66 random bits, and 8 that number the answers.
 * The random bits and the variant are those of a UUID of version 4, which Node makes many of at a time.
 */
export function blockId(nowMilliseconds: number): string {
  const time = nowMilliseconds.toString(16).padStart(MILLISECONDS_DIGITS, '0');
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-8${random.slice(15, 34)}00`;
}

const SLOTS = Array.from({ length: 256 }, (_, slot) => slot.toString(16).padStart(2, '0'));

/** Id of the answer in a slot of a block. */
export function slotId(block: string, slot: number): string {
  return block.slice(0, -2) + SLOTS[slot];
}

/** Where the answer of that id is. */
export function blockOf(id: string): { readonly block: string; readonly slot: number } {
  return { block: `${id.slice(0, -2)}00`, slot: Number.parseInt(id.slice(-2), 16) };
}

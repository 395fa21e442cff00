import { randomBytes } from 'node:crypto';

const MILLISECONDS_BYTES = 6;

/**
 * A new id for a block of answers: a UUID of version 8, whose layout is the maker's own (RFC 9562): 48 bits of
 * milliseconds, so that new blocks lie beside each other in the index, 66 random bits, and 8 that number the answers.
 */
export function blockId(nowMilliseconds: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMilliseconds, 0, MILLISECONDS_BYTES);
  bytes[6] = 0x80 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  bytes[15] = 0;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
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

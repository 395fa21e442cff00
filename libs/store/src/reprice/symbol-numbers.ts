/** Numbers of a slot: four to a cache line. At most every second slot is taken: few symbols collide. */
const SLOT_SHIFT = 2;
const SLOT_LENGTH = 1 << SLOT_SHIFT;
const FIRST_SLOTS = 1 << 16;
const FIRST_BYTES = 1 << 18;
/** Multipliers of MurmurHash3's 32-bit form. */
const MIX = 0xcc9e2d51;
const FINISH = 0x85ebca6b;

/**
 * Symbols by number, 0, 1, 2 … in the order in which they are first seen. They are told apart by their bytes where they
 * were read, so that a million positions make no strings but one for each symbol.
 */
export class SymbolNumbers {
  private readonly symbols: string[] = [];
  /** Of each slot `SLOT_LENGTH` numbers: the symbol's number + 1, 0 for none; its hash; where its bytes begin and end. */
  private slots = new Int32Array(SLOT_LENGTH * FIRST_SLOTS);
  /** All symbols' bytes one after the other. */
  private bytes = new DataView(new ArrayBuffer(FIRST_BYTES));
  private used = 0;

  get count(): number {
    return this.symbols.length;
  }

  symbol(number: number): string {
    return this.symbols[number];
  }

  number(symbol: string): number {
    const bytes = Buffer.from(symbol, 'latin1');
    return this.of(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length);
  }

  /** Of the symbol in ASCII from `start` up to, not including, `end`. */
  of(view: DataView, start: number, end: number): number {
    const hash = hashOf(view, start, end);
    const mask = this.slots.length - 1;
    for (let at = (hash << SLOT_SHIFT) & mask; ; at = (at + SLOT_LENGTH) & mask) {
      const number = this.slots[at] - 1;
      if (number < 0) return this.added(view, start, end, hash);
      if (this.slots[at + 1] === hash && this.isIn(at, view, start, end)) return number;
    }
  }

  private isIn(at: number, view: DataView, start: number, end: number): boolean {
    const own = this.slots[at + 2];
    return this.slots[at + 3] - own === end - start && isSameBytes(this.bytes, own, view, start, end - start);
  }

  private added(view: DataView, start: number, end: number, hash: number): number {
    const length = end - start;
    if (this.used + length > this.bytes.byteLength) this.lengthen(2 * (this.used + length));
    for (let i = 0; i < length; i++) this.bytes.setUint8(this.used + i, view.getUint8(start + i));
    this.symbols.push(Buffer.from(this.bytes.buffer, this.used, length).toString('latin1'));
    const number = this.symbols.length;
    if (2 * SLOT_LENGTH * number > this.slots.length) this.widen();
    this.place(number, hash, this.used, this.used + length);
    this.used += length;
    return number - 1;
  }

  private lengthen(length: number): void {
    const longer = new Uint8Array(length);
    longer.set(new Uint8Array(this.bytes.buffer));
    this.bytes = new DataView(longer.buffer);
  }

  private widen(): void {
    const old = this.slots;
    this.slots = new Int32Array(2 * old.length);
    for (let at = 0; at < old.length; at += SLOT_LENGTH) {
      if (old[at] !== 0) this.place(old[at], old[at + 1], old[at + 2], old[at + 3]);
    }
  }

  private place(numberAndOne: number, hash: number, start: number, end: number): void {
    const mask = this.slots.length - 1;
    let at = (hash << SLOT_SHIFT) & mask;
    while (this.slots[at] !== 0) at = (at + SLOT_LENGTH) & mask;
    this.slots.set([numberAndOne, hash, start, end], at);
  }
}

/** Four bytes at a time, as MurmurHash3 mixes them; any hash will do here. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mixed(hash, view.getInt32(at, true));
  for (; at < end; at++) hash = mixed(hash, view.getUint8(at));
  hash = Math.imul(hash ^ (hash >>> 16), FINISH);
  return hash ^ (hash >>> 13);
}

function mixed(hash: number, word: number): number {
  const scrambled = Math.imul(word, MIX);
  const joined = hash ^ ((scrambled << 15) | (scrambled >>> 17));
  return (Math.imul((joined << 13) | (joined >>> 19), 5) + 0xe6546b64) | 0;
}

/** Whether so many bytes of both are alike. */
export function isSameBytes(a: DataView, atA: number, b: DataView, atB: number, length: number): boolean {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (a.getInt32(atA + i, true) !== b.getInt32(atB + i, true)) return false;
  for (; i < length; i++) if (a.getUint8(atA + i) !== b.getUint8(atB + i)) return false;
  return true;
}

/** Slots for each symbol at least: few of them collide. */
const SLOTS_PER_SYMBOL = 4;
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
  /** Number + 1 of the symbol in a slot, 0 for none; a symbol is in its own slot or one of those that follow. */
  private slots = new Int32Array(FIRST_SLOTS);
  private readonly hashes: number[] = [];
  /** All symbols' bytes one after the other, and where each begins. */
  private bytes = new DataView(new ArrayBuffer(FIRST_BYTES));
  private readonly starts: number[] = [0];

  get count(): number {
    return this.symbols.length;
  }

  symbol(number: number): string {
    return this.symbols[number];
  }

  /** Of the symbol in ASCII from `start` up to, not including, `end`. */
  of(view: DataView, start: number, end: number): number {
    const hash = hashOf(view, start, end);
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.slots[slot] - 1;
      if (number < 0) return this.added(view, start, end, hash);
      if (this.hashes[number] === hash && this.isSame(number, view, start, end)) return number;
    }
  }

  private isSame(number: number, view: DataView, start: number, end: number): boolean {
    const own = this.starts[number];
    return this.starts[number + 1] - own === end - start && isSameBytes(this.bytes, own, view, start, end - start);
  }

  private added(view: DataView, start: number, end: number, hash: number): number {
    const number = this.symbols.length;
    if (SLOTS_PER_SYMBOL * (number + 1) > this.slots.length) this.widen();
    const at = this.starts[number];
    const length = end - start;
    if (at + length > this.bytes.byteLength) this.lengthen(2 * (at + length));
    for (let i = 0; i < length; i++) this.bytes.setUint8(at + i, view.getUint8(start + i));
    this.symbols.push(Buffer.from(this.bytes.buffer, at, length).toString('latin1'));
    this.hashes.push(hash);
    this.starts.push(at + length);
    this.place(number);
    return number;
  }

  private lengthen(length: number): void {
    const longer = new Uint8Array(length);
    longer.set(new Uint8Array(this.bytes.buffer));
    this.bytes = new DataView(longer.buffer);
  }

  private widen(): void {
    this.slots = new Int32Array(2 * this.slots.length);
    for (let number = 0; number < this.symbols.length; number++) this.place(number);
  }

  private place(number: number): void {
    const mask = this.slots.length - 1;
    let slot = this.hashes[number] & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = number + 1;
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

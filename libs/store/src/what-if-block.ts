import { slotId } from './what-if-id.js';

/** Stands between the texts of a block: JSON escapes control characters, so none of them holds it. */
const SEPARATOR = 1;
const BETWEEN = Buffer.of(SEPARATOR);

/** Texts as a block keeps them. */
export function joined(texts: readonly Buffer[]): Buffer {
  return Buffer.concat(texts.flatMap((text, slot) => (slot === 0 ? [text] : [BETWEEN, text])));
}

export interface ReplyBlock {
  /** Of all of them, as the block keeps them. */
  readonly bytes: Buffer;
  /** Each as it is given: parts of `bytes`. */
  readonly replies: readonly Buffer[];
}

/** Replies with their ids, each the first member of its object. They are written once, for the caller and the database. */
export function replyBlock(block: string, answers: readonly { readonly reply: string }[]): ReplyBlock {
  const lengths = answers.map(({ reply }) => Buffer.byteLength(reply));
  const beginnings = answers.map((_, slot) => `{"id":"${slotId(block, slot)}",`);
  // A beginning takes the place of the brace that its reply begins with.
  const total = lengths.reduce((sum, length, slot) => sum + length + beginnings[slot].length, 0) - 1;
  const bytes = Buffer.allocUnsafe(total);
  let at = 0;
  const replies = answers.map(({ reply }, slot) => {
    const from = at;
    const brace = from + beginnings[slot].length - 1;
    bytes.write(reply, brace);
    bytes.write(beginnings[slot], from, 'latin1');
    at = brace + lengths[slot];
    if (slot < answers.length - 1) bytes[at] = SEPARATOR;
    return bytes.subarray(from, at++);
  });
  return { bytes, replies };
}

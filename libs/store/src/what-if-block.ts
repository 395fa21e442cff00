import { slotId } from './what-if-id.js';

/** A text that many answers have: stored once, under its digest. */
export interface KeptText {
  /** SHA-256 of the text, in hex. */
  readonly digest: string;
  readonly text: string;
}

/** The same as part of replies, with its bytes in UTF-8. */
export interface SharedText extends KeptText {
  readonly bytes: Buffer;
}

/** A JSON object without its id, in pieces that follow each other: its own, and what it shares with other replies. */
export interface BlockReply {
  readonly reply: readonly (string | SharedText)[];
}

/** Replies as they are given, and as their block keeps them. */
export interface ReplyBlock {
  readonly given: readonly Buffer[];
  readonly stored: string;
  /** What `stored` names by number. */
  readonly shared: readonly KeptText[];
}

/** Stands between the texts of a block: JSON escapes control characters, so none of them holds it. */
export const SEPARATOR = '\u0001';
/** On both sides of the number of a shared text. */
const MARK = '\u0002';
const NAMED = /\u0002(\d+)\u0002/g;

const BETWEEN = Buffer.from(SEPARATOR);

/** Texts as a block keeps them. */
export function joined(texts: readonly Buffer[]): Buffer {
  return Buffer.concat(texts.flatMap((text, slot) => (slot === 0 ? [text] : [BETWEEN, text])));
}

/** Replies of a block, given with their ids as the first members of their objects. */
export function replyBlock(block: string, replies: readonly BlockReply[]): ReplyBlock {
  // First: texts that were put together are made flat when their bytes are written, once.
  const given = givenReplies(block, replies);
  const shared: SharedText[] = [];
  const stored = replies.map((each) => abridged(each, shared)).join(SEPARATOR);
  return { given, stored, shared };
}

/** A reply as it was stored, whole again. */
export function wholeReply(id: string, stored: string, shared: readonly string[]): string {
  const reply = stored.replace(NAMED, (_, place: string) => shared[Number(place)]);
  return `${beginning(id)}${reply.slice(1)}`;
}

function beginning(id: string): string {
  return `{"id":"${id}",`;
}

/** As they are given, parts of one buffer: one for each takes longer to make than to fill. */
function givenReplies(block: string, replies: readonly BlockReply[]): readonly Buffer[] {
  const beginnings = replies.map((_, slot) => beginning(slotId(block, slot)));
  // A beginning takes the place of the brace that its reply begins with.
  const lengths = replies.map(({ reply }, slot) => beginnings[slot].length - 1 + byteLength(reply));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length, 0));
  let end = 0;
  return replies.map(({ reply }, slot) => {
    const from = end;
    end += lengths[slot];
    let at = from + beginnings[slot].length - 1;
    for (const piece of reply) {
      at += typeof piece === 'string' ? bytes.write(piece, at) : piece.bytes.copy(bytes, at);
    }
    bytes.write(beginnings[slot], from, 'latin1');
    return bytes.subarray(from, end);
  });
}

function byteLength(reply: BlockReply['reply']): number {
  let length = 0;
  for (const piece of reply) length += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.bytes.length;
  return length;
}

function abridged({ reply }: BlockReply, ofBlock: SharedText[]): string {
  let text = '';
  for (const piece of reply) text += typeof piece === 'string' ? piece : `${MARK}${placeIn(ofBlock, piece)}${MARK}`;
  return text;
}

function placeIn(ofBlock: SharedText[], shared: SharedText): number {
  const known = ofBlock.indexOf(shared);
  return known >= 0 ? known : ofBlock.push(shared) - 1;
}

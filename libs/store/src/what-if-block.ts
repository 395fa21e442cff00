import { slotId } from './what-if-id.js';

/** A text that many answers have: stored once, under its digest. */
export interface KeptText {
  /** SHA-256 of the text, in hex. */
  readonly digest: string;
  readonly text: string;
}

/** A JSON object without its id, and which of its parts are kept. */
export interface BlockReply {
  readonly reply: string;
  readonly shared: readonly KeptText[];
}

/** Replies as they are given, and as their block keeps them. */
export interface ReplyBlock {
  readonly given: readonly Buffer[];
  readonly stored: string;
  /** What `stored` names by number. */
  readonly shared: readonly KeptText[];
}

/** Stands between the texts of a block: JSON escapes control characters, so none of them holds it. */
const SEPARATOR = '\u0001';
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
  const shared: KeptText[] = [];
  const stored = replies.map((each) => abridged(each, shared)).join(SEPARATOR);
  return { given: givenReplies(block, replies), stored, shared };
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
  const lengths = replies.map(({ reply }, slot) => beginnings[slot].length - 1 + Buffer.byteLength(reply));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  return replies.map(({ reply }, slot) => {
    const from = at;
    at += lengths[slot];
    bytes.write(reply, from + beginnings[slot].length - 1);
    bytes.write(beginnings[slot], from, 'latin1');
    return bytes.subarray(from, at);
  });
}

function abridged({ reply, shared }: BlockReply, ofBlock: KeptText[]): string {
  return shared.reduce((rest, kept) => {
    const at = rest.indexOf(kept.text);
    const place = placeIn(ofBlock, kept);
    return `${rest.slice(0, at)}${MARK}${place}${MARK}${rest.slice(at + kept.text.length)}`;
  }, reply);
}

function placeIn(ofBlock: KeptText[], kept: KeptText): number {
  const known = ofBlock.indexOf(kept);
  return known >= 0 ? known : ofBlock.push(kept) - 1;
}

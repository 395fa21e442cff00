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
  return { given: replies.map(({ reply }, slot) => givenReply(slotId(block, slot), reply)), stored, shared };
}

/** A reply as it was stored, whole again. */
export function wholeReply(id: string, stored: string, shared: readonly string[]): string {
  const reply = stored.replace(NAMED, (_, place: string) => shared[Number(place)]);
  return `${beginning(id)}${reply.slice(1)}`;
}

function beginning(id: string): string {
  return `{"id":"${id}",`;
}

function givenReply(id: string, reply: string): Buffer {
  const first = beginning(id);
  // It takes the place of the brace that the reply begins with.
  const bytes = Buffer.allocUnsafe(first.length - 1 + Buffer.byteLength(reply));
  bytes.write(reply, first.length - 1);
  bytes.write(first, 'latin1');
  return bytes;
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

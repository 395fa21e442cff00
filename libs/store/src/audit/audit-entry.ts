import { createHash } from 'node:crypto';

/** Whether a change counted at once, or waits until somebody else approves. */
export type ChangeState = 'IN_FORCE' | 'PROPOSED';

/** What is written into the log; the database adds when, as which number, and the chain. */
export interface NewAuditEntry {
  /** What was done: rule.create, change.approve … */
  readonly act: string;
  /** What it was done to. */
  readonly subject: string;
  readonly state: ChangeState;
  /** Id of the API key, and the name it was given to. */
  readonly authorKey: string;
  readonly author: string;
  readonly reason: string;
  /** JSON, byte for byte as it is hashed. */
  readonly content: string;
}

/** An entry of the log as it is stored. */
export interface AuditEntry extends NewAuditEntry {
  /** 1, 2, 3 … without a gap. */
  readonly sequence: number;
  /** UTC with milliseconds; never before the entry before. */
  readonly at: string;
  /** Of the entry before; 64 zeros in the first. */
  readonly previousHash: string;
  /** SHA-256 of everything above, in hex. */
  readonly hash: string;
}

/** The number of an entry and its hash: whoever keeps it elsewhere can tell later whether the log up to it is unchanged. */
export type AuditHead = Pick<AuditEntry, 'sequence' | 'hash'>;

/** What the first entry has in place of the hash of the one before. */
export const NO_HASH = '0'.repeat(64);

/** Length in bytes, bytes, comma: no two lists of fields have the same bytes. */
function netstring(field: string): string {
  return `${Buffer.byteLength(field)}:${field},`;
}

/** The hash an entry has to have: computed here apart from the database, which computed it when the entry was written. */
export function entryHash(entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, at, act, subject, state, authorKey, author, reason, content, previousHash } = entry;
  const fields = [String(sequence), at, act, subject, state, authorKey, author, reason, content, previousHash];
  return createHash('sha256').update(fields.map(netstring).join('')).digest('hex');
}

import { type AuditEntry, type AuditHead, entryHash, NO_HASH } from './audit-entry.js';

/** The first thing that is wrong with a log, at the entry of this number. */
export interface AuditFault {
  readonly sequence: number;
  readonly detail: string;
}

/**
 * Reads a log from its beginning and finds its first fault. `heads` are the heads recorded beside it, entry by entry;
 * `kept` is one that was kept elsewhere.
 *
 * Found by the log alone: an entry edited, taken out, put in or moved. By the heads too: entries cut off the end, or a
 * log rewritten with every hash made anew. By a kept head: the same where log and heads were rewritten together, up to
 * the entry kept. What was written after the last kept head and rewritten with the heads cannot be told by anybody.
 */
export class AuditCheck {
  private last: AuditHead & { readonly at: string } = { sequence: 0, hash: NO_HASH, at: '' };
  private found: AuditFault | undefined;
  private readonly hashes: ReadonlyMap<number, string>;
  private readonly recorded: number;

  /** `heads` in the order of their numbers. */
  constructor(
    heads: readonly AuditHead[],
    private readonly kept: AuditHead | null = null,
  ) {
    this.hashes = new Map(heads.map(({ sequence, hash }) => [sequence, hash]));
    this.recorded = heads.at(-1)?.sequence ?? 0;
  }

  /** The next entry in the order of the numbers; false once there is a fault. */
  take(entry: AuditEntry): boolean {
    this.found ??= this.faultOf(entry);
    if (this.found !== undefined) return false;
    this.last = entry;
    return true;
  }

  /** The head reached so far, sequence 0 of an empty log. */
  get head(): AuditHead {
    return { sequence: this.last.sequence, hash: this.last.hash };
  }

  /** After the last entry: the first fault, the end of the log included. */
  fault(): AuditFault | undefined {
    if (this.found !== undefined) return this.found;
    const { sequence } = this.last;
    if (this.recorded > sequence) {
      return { sequence: sequence + 1, detail: `the log ends before this entry, but had ${this.recorded} entries` };
    }
    if (this.kept !== null && this.kept.sequence > sequence) {
      return {
        sequence: sequence + 1,
        detail: `the log ends before this entry; the kept head is of ${this.kept.sequence}`,
      };
    }
    return undefined;
  }

  private faultOf(entry: AuditEntry): AuditFault | undefined {
    const expected = this.last.sequence + 1;
    const at = (detail: string): AuditFault => ({ sequence: expected, detail });
    if (entry.sequence !== expected) return at(`missing: the next entry is ${entry.sequence}`);
    if (entry.previousHash !== this.last.hash) return at('does not name the hash of the entry before');
    if (entryHash(entry) !== entry.hash) return at('its content does not have its hash');
    if (entry.at < this.last.at) return at('dated before the entry before');
    if (this.hashes.get(expected) !== entry.hash) return at('its hash is not the one recorded beside the log');
    if (this.kept?.sequence === expected && this.kept.hash !== entry.hash) return at('its hash is not the kept one');
    return undefined;
  }
}

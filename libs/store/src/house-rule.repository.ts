import { type BookChange, type BookEntry, type BookRule, type HouseRuleBook, houseRuleBook } from '@app/rules';
import type { AuditEntry, ChangeState } from './audit/audit-entry.js';
import { AuditRepository, type Rows } from './audit/audit.repository.js';
import { batched } from './batched.js';
import type { Database } from './database.js';

/** Who changes the book, and why. */
export interface Authorship {
  /** Id of the API key, and the name it was given to. */
  readonly authorKey: string;
  readonly author: string;
  readonly reason: string;
}

export interface DecidedChange extends Authorship {
  readonly change: BookChange;
  readonly state: ChangeState;
}

/** Callers of one statement at most. */
const READERS_AT_ONCE = 1_000;

const ACTS: readonly BookChange['act'][] = [
  ...(['rule.create', 'rule.amend', 'rule.end', 'rule.withdraw'] as const),
  ...(['group.create', 'group.members', 'pack.switch', 'change.approve', 'change.reject'] as const),
];

/** The house-rule book, read from the log of its changes. */
export class HouseRuleRepository {
  /** Everything written before the call is in it. Entries never change, so that only new ones are read. */
  readonly current: () => Promise<HouseRuleBook>;
  private known: HouseRuleBook = houseRuleBook([]);
  private readonly log: AuditRepository;

  constructor(database: Database) {
    this.log = new AuditRepository(database);
    const read = batched<undefined, HouseRuleBook>(
      async (keys) => {
        const book = await this.read();
        return keys.map(() => book);
      },
      { most: READERS_AT_ONCE },
    );
    this.current = () => read(undefined);
  }

  /**
   * Every rule that may bind an account, on any date; one object for all accounts bound by the same ones. `stamp`: of a
   * standing that was read just now, which spares a book that is as new another look.
   */
  async findForAccount(accountId: string, stamp?: number): Promise<readonly BookRule[]> {
    const isKnown = stamp !== undefined && this.known.sequence >= stamp;
    const book = isKnown ? this.known : await this.current();
    return book.rulesFor(accountId);
  }

  /** The book as it was at the number of one of its changes. */
  async at(sequence: number): Promise<HouseRuleBook> {
    const book = await this.current();
    return book.sequence === sequence
      ? book
      : houseRuleBook(book.entries.filter((entry) => entry.sequence <= sequence));
  }

  /**
   * Writes the change that `decide` makes of the book as it stands, with no other change between; null writes nothing.
   * @throws whatever `decide` throws; then nothing was written.
   */
  async change<D extends DecidedChange | null>(
    decide: (book: HouseRuleBook) => D,
  ): Promise<D extends null ? AuditEntry | null : AuditEntry> {
    const written = await this.log.append(async (rows) => {
      const decided = decide(await this.read(rows));
      if (decided === null) return null;
      const { change, state, authorKey, author, reason } = decided;
      const { act, subject, content } = change;
      return { act, subject, state, authorKey, author, reason, content: JSON.stringify(content) };
    });
    return written as D extends null ? AuditEntry | null : AuditEntry;
  }

  private async read(rows?: Rows): Promise<HouseRuleBook> {
    const before = this.known;
    const added: BookEntry[] = [];
    for await (const page of this.log.entriesAfter(before.sequence, rows)) added.push(...page.map(bookEntry));
    if (added.length === 0) return before;
    const book = houseRuleBook([...before.entries, ...added]);
    // Another read may have come farther meanwhile.
    if (book.sequence > this.known.sequence) this.known = book;
    return book;
  }
}

/** A change this version does not know cannot be passed over: margin would come out too low. */
export function bookEntry({ act, subject, content, ...entry }: AuditEntry): BookEntry {
  if (!ACTS.some((known) => known === act))
    throw new Error(`change ${entry.sequence} of the audit log is an unknown act`);
  const { sequence, at, state, authorKey, author, reason } = entry;
  const change = { act, subject, content: JSON.parse(content) as unknown } as BookChange;
  return { sequence, at, state, authorKey, author, reason, change };
}

import { type BookChange, type BookEntry, type HouseRuleBook, loosens, tiesOf } from '@app/rules';
import type { AccountRepository, AuditEntry, HouseRuleRepository } from '@app/store';
import type { Caller } from '../auth/caller.js';
import { pageLimit } from '../fields/page-fields.js';
import { notFound } from '../problems.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { decidedAlready, notInBook, ownChange, tied } from './book-problems.js';
import { writtenChangeReply } from './book-reply.js';
import type { DryRunDto, DryRunQueryDto } from './dry-run.dto.js';
import type { DryRuns } from './dry-runs.js';
import type { WrittenChangeDto } from './house-rule-reply.dto.js';
import type { Making } from './rule-changes.js';

/** Who asks for a change, and why. */
export interface Asking {
  readonly caller: Caller;
  readonly reason: string;
  readonly query: DryRunQueryDto;
}

/** Every change of the house-rule book goes through here: judged, entered in the log, or tried without a trace. */
export class BookChanges {
  constructor(
    private readonly book: HouseRuleRepository,
    private readonly accounts: AccountRepository,
    private readonly dryRuns: DryRuns,
  ) {}

  /**
   * In force at once, or where it loosens anything a proposal.
   * @throws Problem whatever `make` throws, 409 for ties with other rules.
   */
  async make(make: Making, asking: Asking): Promise<WrittenChangeDto | DryRunDto> {
    const judged = (book: HouseRuleBook): BookChange => {
      const change = make(book);
      refuseTies(book, change);
      return change;
    };
    if (asking.query.dryRun === 'true') return this.tried(judged, asking.query);
    return this.written(asking, (book) => {
      const change = judged(book);
      return { change, state: loosens(book, change) ? 'PROPOSED' : 'IN_FORCE' };
    });
  }

  /**
   * Puts a proposal in force, if the book as it is by now still takes it.
   * @throws Problem 404, 409 where it does not wait for a decision, 403 for the person who proposed it.
   */
  async approve(sequence: number, asking: Asking): Promise<WrittenChangeDto | DryRunDto> {
    const judged = (book: HouseRuleBook): BookEntry => {
      const proposal = pending(book, sequence);
      refuseStale(book, proposal.change);
      refuseTies(book, proposal.change);
      return proposal;
    };
    if (asking.query.dryRun === 'true') return this.tried((book) => judged(book).change, asking.query);
    return this.written(asking, (book) => {
      const proposal = judged(book);
      const { keyId, keyName } = asking.caller;
      // Two keys of one name are one person's.
      if (proposal.authorKey === keyId || proposal.author === keyName) throw ownChange();
      return { change: { act: 'change.approve', subject: String(sequence), content: { sequence } }, state: 'IN_FORCE' };
    });
  }

  /** Puts a proposal aside, the own one too. @throws Problem 404, 409 where it does not wait for a decision. */
  async reject(sequence: number, asking: Asking): Promise<WrittenChangeDto> {
    return this.written(asking, (book) => {
      pending(book, sequence);
      return { change: { act: 'change.reject', subject: String(sequence), content: { sequence } }, state: 'IN_FORCE' };
    });
  }

  /** @throws Problem 400 naming every id that is no account. */
  async refuseUnknownAccounts(fields: Readonly<Record<string, readonly string[] | string | undefined>>): Promise<void> {
    const asked = Object.values(fields).flatMap((ids) => ids ?? []);
    if (asked.length === 0) return;
    const known = await this.accounts.existing(asked);
    const faults = new FieldFaults();
    for (const [member, ids] of Object.entries(fields)) {
      const add = (id: string, pointer: string) =>
        known.has(id) || faults.add(pointer, 'account.unknown', 'There is no account with this id.');
      if (typeof ids === 'string') add(ids, `/${member}`);
      else ids?.forEach((id, index) => add(id, `/${member}/${index}`));
    }
    faults.throwIfAny();
  }

  private async tried(make: Making, { limit }: DryRunQueryDto): Promise<DryRunDto> {
    const book = await this.book.current();
    return this.dryRuns.run(book, make(book), pageLimit(limit));
  }

  private async written(
    { caller, reason }: Asking,
    decide: (book: HouseRuleBook) => { readonly change: BookChange; readonly state: AuditEntry['state'] },
  ): Promise<WrittenChangeDto> {
    const signed = { authorKey: caller.keyId, author: caller.keyName, reason };
    return writtenChangeReply(await this.book.change((book) => ({ ...decide(book), ...signed })));
  }
}

function refuseTies(book: HouseRuleBook, change: BookChange): void {
  const ties = tiesOf(book, change);
  if (ties.length > 0) throw tied(ties);
}

/** A rule that was withdrawn since its change was proposed has nothing left to change. */
function refuseStale({ rules }: HouseRuleBook, { act, subject }: BookChange): void {
  if (!act.startsWith('rule.') || act === 'rule.create') return;
  if ((rules.get(subject)?.pieces.length ?? 0) === 0) throw notInBook();
}

function pending({ entries, decisions }: HouseRuleBook, sequence: number): BookEntry {
  const entry = entries[sequence - 1];
  if (entry === undefined) throw notFound();
  if (entry.state !== 'PROPOSED' || decisions.has(sequence)) throw decidedAlready();
  return entry;
}

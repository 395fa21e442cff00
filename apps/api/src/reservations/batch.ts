import type { CommitLine } from '@app/store';
import type { GivenAnswer } from '../idempotency/given-answer.js';
import { type AccountOpening, hasPrices, type OpenedAccount } from './account-opening.js';
import type { Ask } from './ask.js';
import type { LimitRefusal } from './check.js';
import type { GateAccount } from './verdict.js';

/** An ask and who waits for its answer. */
export interface Waiting {
  readonly ask: Ask;
  readonly resolve: (answer: GivenAnswer) => void;
  readonly reject: (error: unknown) => void;
  /** A limit had no room when it was to be committed: the answer is REJECT. */
  refusal: LimitRefusal | null;
  /** An order id was used before when it was to be committed: the answer is 409. */
  isDuplicate: boolean;
}

/** An account in a batch, and what is asked about it, one after the other. */
export interface AskedAccount {
  readonly id: string;
  readonly asking: Waiting[];
  /** As it is at hand; undefined: it is to be read. */
  readonly opened: OpenedAccount | undefined;
  /** The same account in a batch that is not committed yet. */
  readonly before: GateAccount | null;
}

/** Checks that are committed together. Either all their accounts are at hand, or all are to be read. */
export class Batch {
  size = 0;
  /** Filled as they are judged. */
  readonly judged = new Map<string, GateAccount>();
  private readonly asked = new Map<string, AskedAccount>();
  /** Accounts that a check waits for: later ones must not overtake it, or what it waits for would never come. */
  private readonly passed = new Set<string>();
  private readonly named = new Set<string>();
  private readonly follows = new Set<Batch>();
  private isToReadOnes: boolean | undefined;
  /** That it is committed on. */
  private line: CommitLine | undefined;
  private isOver = false;
  private readonly over: Promise<void>;
  private readonly sent: Promise<void>;
  private finish!: () => void;
  /** Its commit has been sent. */
  markSent!: () => void;

  constructor(
    private readonly opening: AccountOpening,
    private readonly underWay: ReadonlySet<Batch>,
  ) {
    this.over = new Promise((resolve) => (this.finish = resolve));
    this.sent = new Promise((resolve) => (this.markSent = resolve));
  }

  /** What is known of its accounts is known outside. */
  end(): void {
    this.isOver = true;
    // Else each batch would keep all before it.
    this.follows.clear();
    this.markSent();
    this.finish();
  }

  get isToRead(): boolean {
    return this.isToReadOnes === true;
  }

  /**
   * When what it follows comes before it, and the line that it does so on: that of one of those, or `free` where it follows
   * none. One sent on the same line is carried out before; on another line it could come second, until it is over.
   */
  async turn(free: CommitLine): Promise<CommitLine> {
    const followed = [...this.follows].filter(({ isOver }) => !isOver);
    const line = (this.line = followed[0]?.line ?? free);
    for (const batch of followed) await (batch.line === line ? batch.sent : batch.over);
    return line;
  }

  /** In the order of their ids. */
  accounts(): readonly AskedAccount[] {
    return [...this.asked.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Takes a check where it can be judged beside those taken before; of an order id asked for twice, the first. */
  takes(waiting: Waiting): boolean {
    const { accountId, orders } = waiting.ask;
    if (this.passed.has(accountId)) return false;
    const names = orders.map(({ clOrdId }) => `${accountId} ${clOrdId}`);
    const account = this.asked.get(accountId) ?? this.asking(accountId, orders);
    if (account === undefined || !isPriced(account, orders) || names.some((name) => this.named.has(name))) {
      this.passed.add(accountId);
      return false;
    }
    names.forEach((name) => this.named.add(name));
    this.asked.set(accountId, account);
    this.isToReadOnes = account.opened === undefined;
    account.asking.push(waiting);
    this.size++;
    return true;
  }

  /** Undefined where the account has to wait: others have it in hand, or it is not to be read and those here are. */
  private asking(id: string, orders: Ask['orders']): AskedAccount | undefined {
    let opened = this.opening.atHand(id);
    let before: GateAccount | null = null;
    for (const batch of this.underWay) {
      if (!batch.asked.has(id)) continue;
      const judged = batch.judged.get(id);
      if (opened === undefined || judged === undefined || !judged.isFollowedOn(opened)) return undefined;
      before = judged;
      this.follows.add(batch);
    }
    if (before === null && opened !== undefined && !hasPrices(opened, orders)) opened = undefined;
    const isToRead = opened === undefined;
    return isToRead === (this.isToReadOnes ?? isToRead) ? { id, asking: [], opened, before } : undefined;
  }
}

function isPriced({ opened }: AskedAccount, orders: Ask['orders']): boolean {
  return opened === undefined || hasPrices(opened, orders);
}

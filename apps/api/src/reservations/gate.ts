import { inProgress, type GivenAnswer } from '../idempotency/given-answer.js';
import type { Ask } from './ask.js';
import type { CheckBatches, Waiting } from './check-batches.js';

/** Checks of one commit. */
const CHECKS_AT_MOST = 64;
/** Accounts of one commit: more would only make others wait for the disk that could have been written to meanwhile. */
const ACCOUNTS_AT_MOST = 24;
/** Commits under way at once: while the database writes one, the next is judged. */
const BATCHES_AT_MOST = 3;

/**
 * Decides and holds in one step. Checks that wait at the same time are judged one after the other in memory, each on
 * what the one before it would hold, and committed in one call, which takes only what was judged on the account as it
 * still is: whichever process was first wins, the others judge again. An account is in one batch at a time.
 */
export class Gate {
  private waiting: Waiting[] = [];
  private batches = 0;
  private isScheduled = false;
  private readonly busy = new Set<string>();
  /** Keys whose first call has not been answered. */
  private readonly keys = new Set<string>();

  constructor(private readonly checks: CheckBatches) {}

  /** @throws Problem as a what-if does; 409 for a used order id, or a key whose first call is not answered yet. */
  async decide(ask: Ask): Promise<GivenAnswer> {
    if (ask.idempotencyKey === null) return this.queued(ask);
    const key = `${ask.caller.keyId} ${ask.idempotencyKey}`;
    if (this.keys.has(key)) throw inProgress();
    this.keys.add(key);
    try {
      return await this.queued(ask);
    } finally {
      this.keys.delete(key);
    }
  }

  private queued(ask: Ask): Promise<GivenAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ask, resolve, reject, refusal: null, isDuplicate: false });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    // Requests that arrive in one turn of the event loop go together.
    setImmediate(() => {
      this.isScheduled = false;
      while (this.batches < BATCHES_AT_MOST) {
        const batch = this.nextBatch();
        if (batch.length === 0) return;
        void this.run(batch);
      }
    });
  }

  /** The next in line whose accounts no other batch has in hand; of an order id asked for twice, the first. */
  private nextBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    const named = new Set<string>();
    const accounts = new Set<string>();
    for (const each of this.waiting) {
      const { accountId, orders } = each.ask;
      const names = orders.map(({ clOrdId }) => `${accountId} ${clOrdId}`);
      const fits =
        batch.length < CHECKS_AT_MOST &&
        !this.busy.has(accountId) &&
        (accounts.has(accountId) || accounts.size < ACCOUNTS_AT_MOST) &&
        !names.some((name) => named.has(name));
      (fits ? batch : rest).push(each);
      if (!fits) continue;
      accounts.add(accountId);
      names.forEach((name) => named.add(name));
    }
    this.waiting = rest;
    return batch;
  }

  private async run(batch: readonly Waiting[]): Promise<void> {
    const accountIds = new Set(batch.map(({ ask }) => ask.accountId));
    this.batches++;
    accountIds.forEach((id) => this.busy.add(id));
    let again: readonly Waiting[] = [];
    try {
      again = await this.checks.run(batch, [...accountIds]);
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
    this.batches--;
    accountIds.forEach((id) => this.busy.delete(id));
    // Before those that came later.
    this.waiting = [...again, ...this.waiting];
    if (this.waiting.length > 0) this.schedule();
  }
}

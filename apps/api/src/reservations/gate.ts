import { inProgress, type GivenAnswer } from '../idempotency/given-answer.js';
import type { AccountOpening } from './account-opening.js';
import type { Ask } from './ask.js';
import { Batch, type Waiting } from './batch.js';
import type { CheckBatches } from './check-batches.js';

/** Checks of one commit: half of those that wait, so that the other half is judged while these are written, but not few. */
const CHECKS_AT_MOST = 64;
const CHECKS_WORTH_A_COMMIT = 32;
/** Batches under way at once: while the database writes some, the next is judged. */
const BATCHES_AT_MOST = 3;

/**
 * Decides and holds in one step. Checks that wait at the same time are judged one after the other in memory, each on
 * what the one before it would hold, and committed in one call, which takes only what was judged on the account as it
 * still is: whichever process was first wins, the others judge again. The next batch is judged on what those under way
 * will leave, and taken only where they did.
 */
export class Gate {
  private waiting: Waiting[] = [];
  private readonly underWay = new Set<Batch>();
  private isScheduled = false;
  /** Keys whose first call has not been answered. */
  private readonly keys = new Set<string>();

  constructor(
    private readonly checks: CheckBatches,
    private readonly opening: AccountOpening,
  ) {}

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
      while (this.underWay.size < BATCHES_AT_MOST) {
        const batch = this.nextBatch();
        if (batch.size === 0) return;
        void this.run(batch);
      }
    });
  }

  private nextBatch(): Batch {
    const most = Math.min(CHECKS_AT_MOST, Math.max(CHECKS_WORTH_A_COMMIT, Math.ceil(this.waiting.length / 2)));
    const batch = new Batch(this.opening, this.underWay);
    const rest: Waiting[] = [];
    for (const each of this.waiting) if (batch.size >= most || !batch.takes(each)) rest.push(each);
    this.waiting = rest;
    return batch;
  }

  private async run(batch: Batch): Promise<void> {
    this.underWay.add(batch);
    const again = await this.checks.run(batch);
    this.underWay.delete(batch);
    batch.end();
    // Before those that came later.
    if (again.length > 0) this.waiting = [...again, ...this.waiting];
    if (this.waiting.length > 0) this.schedule();
  }
}

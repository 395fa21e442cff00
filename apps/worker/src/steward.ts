import {
  enterState,
  finishedState,
  isPlanned,
  type JobsDatabase,
  type JobsTransaction,
  openChunks,
  planAccounts,
  planArrays,
  type RunScheduleRepository,
  type WaitingRun,
  waitingRun,
} from '@app/store';
import type { PgBoss } from 'pg-boss';
import { dueTimes } from './due-times.js';
import { sendChunks } from './reprice-queue.js';

/**
 * Takes runs from state to state: plans what was asked for, goes from risk arrays to accounts, finishes what has
 * nothing left to do. Every worker does this; a run is locked meanwhile, so one at a time has it, and one that is killed
 * leaves it as it was.
 */
export class Steward {
  constructor(
    private readonly database: JobsDatabase,
    private readonly boss: PgBoss,
    private readonly schedules: RunScheduleRepository,
  ) {}

  /** Asks for whatever is due by time or by a new snapshot. */
  async fire(): Promise<void> {
    await this.database.transaction((transaction) => this.schedules.fire(transaction, dueTimes(this.boss, new Date())));
  }

  /** Whether there was a run to take on: then there may be more to do at once. */
  async step(): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      const run = await waitingRun(transaction);
      if (run !== undefined) await this.advance(transaction, run);
      return run !== undefined;
    });
  }

  private async advance(transaction: JobsTransaction, run: WaitingRun): Promise<void> {
    if (run.state === 'REQUESTED' && !(await isPlanned(transaction, run.id, 'ARRAYS'))) {
      await planArrays(transaction, run);
    }
    const isLeft = await this.send(transaction, run, 'ARRAYS');
    if (isLeft) return enterState(transaction, run.id, 'PREPARING');
    if (!(await isPlanned(transaction, run.id, 'ACCOUNTS'))) await planAccounts(transaction, run);
    if (await this.send(transaction, run, 'ACCOUNTS')) return enterState(transaction, run.id, 'RUNNING');
    await enterState(transaction, run.id, await finishedState(transaction, run.id));
  }

  /** Queues a stage's open chunks; false where it has none. */
  private async send(transaction: JobsTransaction, run: WaitingRun, stage: 'ARRAYS' | 'ACCOUNTS'): Promise<boolean> {
    const numbers = await openChunks(transaction, run.id, stage);
    await sendChunks(this.boss, transaction, run.id, numbers, run.priority);
    return numbers.length > 0;
  }
}

import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  claimedChunk,
  completeChunk,
  Database,
  JobsDatabase,
  type JobsTransaction,
  poisonRows,
  RepriceRunRepository,
  type RunBrief,
  type RunChunk,
  RunEventRepository,
  RunScheduleRepository,
  saveRiskArrays,
  splitChunk,
} from '@app/store';
import type { PgBoss } from 'pg-boss';
import { type ChunkPool, chunkPool } from './chunk-pool.js';
import type { ChunkOutcome } from './chunk-task.js';
import { type ClaimedJob, openQueue, sendChunks, workOnChunks } from './reprice-queue.js';
import { Steward } from './steward.js';

export interface WorkerOptions {
  readonly url: string;
  /** As a user who may create the job engine's tables. Default: `url`. */
  readonly ownerUrl?: string | undefined;
  /** Chunks computed at the same time. Default: one a processor. */
  readonly threads?: number;
  readonly onError: (error: Error) => void;
}

/** One worker process' share of all runs. */
export interface RepriceWorker {
  /** Positions and milliseconds of the engine so far: what a bench asks for. */
  readonly tally: WorkerTally;
  /** Lets chunks in hand finish, then ends. */
  close(): Promise<void>;
}

export interface WorkerTally {
  accounts: number;
  positions: number;
  engineMilliseconds: number;
}

/** A chunk that this many workers have been lost over is halved: what ended them is in one half. */
const SPLIT_AFTER_ATTEMPTS = 3;
/** Transactions beyond the threads: while some are written and claimed, others are computed. */
const WRITING_AHEAD = 2;
/** Connections that pg-boss needs for itself beside a transaction a chunk. */
const CONNECTIONS_BESIDE = 4;
const SCHEDULES_EVERY_MILLISECONDS = 1_000;
const STEWARD_PAUSE_MILLISECONDS = 500;
const STOP_WITHIN_MILLISECONDS = 20_000;
const BRIEFS_AT_MOST = 8;

export async function startWorker({
  url,
  ownerUrl = url,
  threads = availableParallelism(),
  onError,
}: WorkerOptions): Promise<RepriceWorker> {
  const concurrency = threads + WRITING_AHEAD;
  let isClosing = false;
  // Connections that are being closed may break on the way: nobody uses them.
  const onLost = (error: Error): void => void (isClosing || onError(error));
  const database = await Database.open(url, { connectionsMax: 2, onConnectionLost: onLost });
  const jobs = new JobsDatabase(ownerUrl, concurrency + CONNECTIONS_BESIDE, onLost);
  const boss = await openQueue(jobs, onError);
  const pool = await chunkPool(url, threads);
  const chunks = new Chunks(boss, pool, new RepriceRunRepository(database));
  const look = await workOnChunks(boss, concurrency, (claimed, transaction) => chunks.done(claimed, transaction));
  const steward = keepStewarding(
    new Steward(jobs, boss, new RunScheduleRepository(database)),
    new RunEventRepository(database),
    look,
    onError,
  );
  return {
    tally: chunks.tally,
    async close() {
      await steward.close();
      await boss.stop({ graceful: true, close: false, timeout: STOP_WITHIN_MILLISECONDS });
      await pool.close();
      isClosing = true;
      await jobs.close();
      await database.close();
    },
  };
}

type Finish = () => Promise<void>;

/** What becomes of chunks. */
class Chunks {
  readonly tally: WorkerTally = { accounts: 0, positions: 0, engineMilliseconds: 0 };
  private readonly briefs = new Map<string, Promise<RunBrief | undefined>>();

  constructor(
    private readonly boss: PgBoss,
    private readonly pool: ChunkPool,
    private readonly runs: RepriceRunRepository,
  ) {}

  /** All are computed before the first is written: from then on others wait for this transaction. */
  async done(jobs: readonly ClaimedJob[], transaction: JobsTransaction): Promise<void> {
    const finishing = await Promise.all(jobs.map((job) => this.computed(job, transaction)));
    for (const finish of finishing) await finish();
  }

  /** What is left to do in the transaction once the chunk is computed. */
  private async computed({ runId, number, attempt }: ClaimedJob, transaction: JobsTransaction): Promise<Finish> {
    const brief = await this.brief(runId);
    const chunk = await claimedChunk(transaction, runId, number);
    // Done already, or of a run that was cancelled: the job is done with it.
    if (brief === undefined || chunk === undefined) return () => Promise.resolve();
    if (attempt >= SPLIT_AFTER_ATTEMPTS) return () => this.giveUp(transaction, brief, chunk);
    const outcome = await this.pool.compute({ brief, chunk });
    return () => this.stored(transaction, brief, chunk, outcome);
  }

  private async stored(
    transaction: JobsTransaction,
    brief: RunBrief,
    chunk: RunChunk,
    outcome: ChunkOutcome,
  ): Promise<void> {
    if (outcome.stage === 'ARRAYS') {
      if (!(await completeChunk(transaction, brief, chunk, null))) return;
      return saveRiskArrays(transaction, brief.snapshotId, brief.runId, outcome.parts);
    }
    const { computed } = outcome;
    if (!(await completeChunk(transaction, brief, chunk, computed))) return;
    this.tally.accounts += computed.accounts;
    this.tally.positions += computed.positions;
    this.tally.engineMilliseconds += computed.engineMilliseconds;
  }

  /** Halves a chunk; of one account, names it. Risk arrays are left for the accounts to compute, or to fail by. */
  private async giveUp(transaction: JobsTransaction, brief: RunBrief, chunk: RunChunk): Promise<void> {
    const halves = await splitChunk(transaction, chunk);
    if (halves !== undefined) return sendChunks(this.boss, transaction, chunk.runId, halves, brief.priority);
    await completeChunk(
      transaction,
      brief,
      chunk,
      chunk.stage === 'ARRAYS' ? null : await poisonRows(transaction, chunk),
    );
  }

  private brief(runId: string): Promise<RunBrief | undefined> {
    const known = this.briefs.get(runId);
    if (known !== undefined) return known;
    if (this.briefs.size === BRIEFS_AT_MOST) this.briefs.delete(this.briefs.keys().next().value!);
    const reading = this.runs.brief(runId);
    this.briefs.set(runId, reading);
    reading.catch(() => this.briefs.delete(runId));
    return reading;
  }
}

/** Looks after runs, and for chunks, whenever something happened, and every now and then. */
function keepStewarding(
  steward: Steward,
  events: RunEventRepository,
  look: () => void,
  onError: (error: Error) => void,
) {
  let isClosed = false;
  // Aborted by whatever happens, in the middle of a round as well: then there is another at once.
  let wake = new AbortController();
  let next = 0;
  const listening = events.listen(() => {
    wake.abort();
    look();
  });
  const rounds = async (): Promise<void> => {
    while (!isClosed) {
      wake = new AbortController();
      const { signal } = wake;
      const isBusy = await steward.step().catch((error: unknown) => {
        onError(error as Error);
        return false;
      });
      if (!isBusy && performance.now() > next) {
        next = performance.now() + SCHEDULES_EVERY_MILLISECONDS;
        await steward.fire().catch((error: unknown) => onError(error as Error));
      }
      if (!isBusy) await sleep(STEWARD_PAUSE_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  };
  const ended = rounds();
  return {
    async close(): Promise<void> {
      isClosed = true;
      wake.abort();
      await ended;
      await listening.close();
    },
  };
}

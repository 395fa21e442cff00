import type { JobsDatabase, JobsTransaction } from '@app/store';
import { PgBoss } from 'pg-boss';

/** A chunk to be done; what is in it stands in its row. */
export interface ChunkJob {
  readonly runId: string;
  readonly number: number;
}

const CHUNK_QUEUE = 'reprice-chunk';

/** The least pg-boss allows: a worker that is gone for this long has lost its chunk. */
const HEARTBEAT_SECONDS = 10;
/** Three fit into the time after which a worker counts as gone. */
const HEARTBEAT_REFRESH_SECONDS = 3;
/** How often lost chunks are looked for: with the heartbeat, one is back within 12 s. */
const WATCH_SECONDS = 1;
/** A chunk takes seconds. */
const LONGEST_CHUNK_SECONDS = 600;
/** A chunk that ends its workers is halved long before; what is left is trouble with the database, which passes. */
const RETRIES_AT_MOST = 1_000;
const POLL_SECONDS = 0.5;
/** Two: with one at a time pg-boss waits for its next poll between jobs. */
const JOBS_AT_ONCE = 2;
/** Jobs of one insert. */
const INSERT_AT_ONCE = 1_000;
/** What is done can be forgotten: the chunk's row says so too. */
const KEEP_DONE_SECONDS = 3_600;

/** The job engine on a database, its tables in place, its watch over lost chunks running. */
export async function openQueue(database: JobsDatabase, onError: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    db: database,
    superviseIntervalSeconds: WATCH_SECONDS,
    monitorIntervalSeconds: WATCH_SECONDS,
    schedule: false,
  });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(CHUNK_QUEUE, {
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: LONGEST_CHUNK_SECONDS,
    retryLimit: RETRIES_AT_MOST,
    deleteAfterSeconds: KEEP_DONE_SECONDS,
  });
  return boss;
}

/** A chunk's job as a worker has it. */
export interface ClaimedJob extends ChunkJob {
  /** How often it was taken up before. */
  readonly attempt: number;
}

/**
 * `done` runs in the transaction that completes the jobs: what it writes is there if and only if they are done. The answer
 * looks for jobs at once instead of at the next poll.
 */
export async function workOnChunks(
  boss: PgBoss,
  concurrency: number,
  done: (jobs: readonly ClaimedJob[], transaction: JobsTransaction) => Promise<void>,
): Promise<() => void> {
  const options = {
    transactional: true,
    batchSize: JOBS_AT_ONCE,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: POLL_SECONDS,
    heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS,
    localConcurrency: concurrency,
  } as const;
  // The transaction is the one that this database's `beginTransaction` made.
  const id = await boss.work<ChunkJob, void, typeof options>(CHUNK_QUEUE, options, (jobs, transaction) =>
    done(
      jobs.map(({ data, retryCount }) => ({ ...data, attempt: retryCount })),
      transaction as unknown as JobsTransaction,
    ),
  );
  return () => boss.notifyWorker(id);
}

/** Queues chunks in a transaction: they are there when what it says of them is. */
export async function sendChunks(
  boss: PgBoss,
  transaction: JobsTransaction,
  runId: string,
  numbers: readonly number[],
  priority: number,
): Promise<void> {
  for (let start = 0; start < numbers.length; start += INSERT_AT_ONCE) {
    const jobs = numbers.slice(start, start + INSERT_AT_ONCE).map((number) => ({ data: { runId, number }, priority }));
    await boss.insert(CHUNK_QUEUE, jobs, { db: transaction });
  }
}

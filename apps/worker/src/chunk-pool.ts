import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Database, RepriceWorkRepository } from '@app/store';
import { chunkOutcome, type ChunkOutcome, type ChunkTask, type NumberedTask, type ThreadAnswer } from './chunk-task.js';
import { ChunkWork } from './chunk-work.js';

/** Where chunks are computed: away from the thread that sends heartbeats. Outcomes depend on the task alone. */
export interface ChunkPool {
  compute(task: ChunkTask): Promise<ChunkOutcome>;
  close(): Promise<void>;
}

/** Compiled beside this file; where only sources are, this thread computes. */
const THREAD_FILE = join(__dirname, 'chunk-thread.js');

export async function chunkPool(url: string, threads: number): Promise<ChunkPool> {
  return existsSync(THREAD_FILE) ? new ThreadPool(url, threads) : inlinePool(url);
}

async function inlinePool(url: string): Promise<ChunkPool> {
  const database = await Database.open(url, { connectionsMax: 3 });
  const work = new ChunkWork(new RepriceWorkRepository(database));
  let last: Promise<unknown> = Promise.resolve();
  return {
    compute(task) {
      const outcome = last.then(() => chunkOutcome(work, task));
      last = outcome.catch(() => undefined);
      return outcome;
    },
    async close() {
      await last;
      await database.close();
    },
  };
}

interface Waiting {
  readonly task: ChunkTask;
  readonly resolve: (outcome: ChunkOutcome) => void;
  readonly reject: (error: Error) => void;
}

/** For what is new: most of a chunk is garbage once it is computed, and is not to pile up. */
const YOUNG_MEGABYTES = 24;
/** Tasks of a thread at the same time: one is read while the other is computed. */
const TASKS_OF_THREAD = 2;

/** A thread and what it has in hand, by number. */
interface Thread {
  readonly worker: Worker;
  readonly tasks: Map<number, Waiting>;
}

class ThreadPool implements ChunkPool {
  private readonly queue: Waiting[] = [];
  private readonly threads = new Set<Thread>();
  private number = 0;
  private isClosed = false;

  constructor(
    private readonly url: string,
    threads: number,
  ) {
    for (let thread = 0; thread < threads; thread++) this.start();
  }

  compute(task: ChunkTask): Promise<ChunkOutcome> {
    return new Promise((resolve, reject) => {
      this.queue.push({ task, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.threads].map(({ worker }) => worker.terminate()));
  }

  private start(): void {
    const thread: Thread = {
      worker: new Worker(THREAD_FILE, {
        workerData: { url: this.url },
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
      }),
      tasks: new Map(),
    };
    const { worker, tasks } = thread;
    worker.on('message', (answer: ThreadAnswer) => {
      const waiting = tasks.get(answer.number)!;
      tasks.delete(answer.number);
      if ('outcome' in answer) waiting.resolve(answer.outcome);
      else waiting.reject(new Error(answer.failure));
      this.next();
    });
    worker.on('error', (error) => this.lost(thread, error));
    worker.on('exit', () => this.lost(thread, new Error('A thread that computes chunks has ended.')));
    this.threads.add(thread);
  }

  /** Its chunks fail, and come again; another thread takes its place. */
  private lost(thread: Thread, error: unknown): void {
    if (!this.threads.delete(thread)) return;
    for (const { reject } of thread.tasks.values()) reject(error instanceof Error ? error : new Error(String(error)));
    if (this.isClosed) return;
    this.start();
    this.next();
  }

  private next(): void {
    const [free] = [...this.threads].sort((a, b) => a.tasks.size - b.tasks.size);
    if (this.queue.length === 0 || free === undefined || free.tasks.size >= TASKS_OF_THREAD) return;
    const waiting = this.queue.shift()!;
    const number = this.number++;
    free.tasks.set(number, waiting);
    free.worker.postMessage({ number, task: waiting.task } satisfies NumberedTask);
    this.next();
  }
}

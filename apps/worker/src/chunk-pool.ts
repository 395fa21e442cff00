import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Database, RepriceWorkRepository } from '@app/store';
import { chunkOutcome, type ChunkOutcome, type ChunkTask, type ThreadAnswer } from './chunk-task.js';
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

class ThreadPool implements ChunkPool {
  private readonly queue: Waiting[] = [];
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Waiting>();
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
    await Promise.all([...this.idle, ...this.busy.keys()].map((worker) => worker.terminate()));
  }

  private start(): void {
    const worker = new Worker(THREAD_FILE, { workerData: { url: this.url } });
    worker.on('message', (answer: ThreadAnswer) => {
      const waiting = this.busy.get(worker)!;
      this.busy.delete(worker);
      this.idle.push(worker);
      if ('outcome' in answer) waiting.resolve(answer.outcome);
      else waiting.reject(new Error(answer.failure));
      this.next();
    });
    worker.on('error', (error) => this.lost(worker, error));
    worker.on('exit', () => this.lost(worker, new Error('A thread that computes chunks has ended.')));
    this.idle.push(worker);
  }

  /** Its chunk fails, and comes again; another thread takes its place. */
  private lost(worker: Worker, error: unknown): void {
    const place = this.idle.indexOf(worker);
    const waiting = this.busy.get(worker);
    if (place < 0 && waiting === undefined) return;
    if (place >= 0) this.idle.splice(place, 1);
    this.busy.delete(worker);
    waiting?.reject(error instanceof Error ? error : new Error(String(error)));
    if (this.isClosed) return;
    this.start();
    this.next();
  }

  private next(): void {
    if (this.queue.length === 0 || this.idle.length === 0) return;
    const worker = this.idle.pop()!;
    const waiting = this.queue.shift()!;
    this.busy.set(worker, waiting);
    worker.postMessage(waiting.task);
  }
}

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type ChainJob, chainResult, type ChainResult } from './chain-job.js';

/** Where chains are computed; results depend on the job alone. */
export interface ChainPool {
  /** Jobs that are computed at the same time. */
  readonly width: number;
  solve(job: ChainJob): Promise<ChainResult>;
  close(): Promise<void>;
}

/** Compiled beside this file; where only sources are, this thread computes. */
const WORKER_FILE = join(__dirname, 'chain-worker.js');

/** A thread a processor, or this thread where there are no compiled files. */
export function chainPool(): ChainPool {
  return existsSync(WORKER_FILE) ? threadPool(availableParallelism()) : inlinePool();
}

function inlinePool(): ChainPool {
  return {
    width: 1,
    async solve(job) {
      // Lets other work of this thread have its turn between two chains.
      await nextTurn();
      return chainResult(job);
    },
    close: () => Promise.resolve(),
  };
}

interface Waiting {
  readonly job: ChainJob;
  readonly resolve: (result: ChainResult) => void;
  readonly reject: (error: Error) => void;
}

function threadPool(width: number): ChainPool {
  const queue: Waiting[] = [];
  const working = new Map<Worker, Waiting>();
  let failure: Error | undefined;
  const give = (worker: Worker): void => {
    working.delete(worker);
    const next = queue.shift();
    if (next === undefined) return;
    working.set(worker, next);
    worker.postMessage(next.job);
  };
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of [...working.values(), ...queue.splice(0)]) reject(failure);
    working.clear();
  };
  const workers = Array.from({ length: width }, () => {
    const worker = new Worker(WORKER_FILE);
    worker.on('message', (result: ChainResult) => {
      working.get(worker)?.resolve(result);
      give(worker);
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('A thread that computes volatilities has ended.')));
    return worker;
  });
  return {
    width,
    solve: (job) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        queue.push({ job, resolve, reject });
        const idle = workers.find((worker) => !working.has(worker));
        if (idle) give(idle);
      }),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

import { parentPort } from 'node:worker_threads';
import { type ChainJob, chainResult } from './chain-job.js';

// A thread of the chain pool: jobs in, results out, one at a time. A job that throws ends the thread, which the pool sees.
parentPort?.on('message', (job: ChainJob) => parentPort?.postMessage(chainResult(job)));

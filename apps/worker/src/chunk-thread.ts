import { parentPort, workerData } from 'node:worker_threads';
import { Database, RepriceWorkRepository } from '@app/store';
import { chunkOutcome, type ChunkTask, type ThreadAnswer } from './chunk-task.js';
import { ChunkWork } from './chunk-work.js';

/** One reads positions while nothing else of this thread asks. */
const CONNECTIONS = 3;

// A thread of the chunk pool: tasks in, outcomes out, one at a time, each read and computed here.
const { url } = workerData as { readonly url: string };
const opening = Database.open(url, { connectionsMax: CONNECTIONS, statementTimeoutMilliseconds: 0 }).then(
  (database) => new ChunkWork(new RepriceWorkRepository(database)),
);
opening.catch(() => undefined);

parentPort?.on('message', (task: ChunkTask) => {
  opening
    .then((work) => chunkOutcome(work, task))
    .then(
      (outcome) => answer({ outcome }),
      (error: unknown) => answer({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
});

function answer(message: ThreadAnswer): void {
  parentPort?.postMessage(message, buffers(message));
}

/** Handed over, not copied. */
function buffers(message: ThreadAnswer): ArrayBuffer[] {
  if (!('outcome' in message) || message.outcome.stage === 'ARRAYS') return [];
  const { resultBytes, deadLetterBytes } = message.outcome.computed;
  return [resultBytes.buffer, deadLetterBytes.buffer] as ArrayBuffer[];
}

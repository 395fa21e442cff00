import { parentPort, workerData } from 'node:worker_threads';
import { Database, RepriceWorkRepository } from '@app/store';
import { chunkOutcome, type NumberedTask, type ThreadAnswer } from './chunk-task.js';
import { ChunkWork } from './chunk-work.js';

/** One a task in hand, and one for what they share. */
const CONNECTIONS = 3;

// A thread of the chunk pool: tasks in, outcomes out. One is read from the database while another is computed.
const { url } = workerData as { readonly url: string };
const opening = Database.open(url, { connectionsMax: CONNECTIONS, statementTimeoutMilliseconds: 0 }).then(
  (database) => new ChunkWork(new RepriceWorkRepository(database)),
);
opening.catch(() => undefined);

parentPort?.on('message', ({ number, task }: NumberedTask) => {
  opening
    .then((work) => chunkOutcome(work, task))
    .then(
      (outcome) => answer({ number, outcome }),
      (error: unknown) =>
        answer({ number, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
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

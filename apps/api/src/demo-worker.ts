import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';

/** A worker beside the service: the demo has reprice runs without a second command. */
export interface DemoWorker {
  close(): Promise<void>;
}

const WORKER_FILE = join(__dirname, '../../worker/src/main.js');
const AGAIN_AFTER_MILLISECONDS = 2_000;
const STOP_WITHIN_MILLISECONDS = 10_000;

/** A process of its own, which ends with this one, however this one ends. Where only sources are, none. */
export function startDemoWorker(databaseUrl: string): DemoWorker {
  if (!existsSync(WORKER_FILE)) return { close: () => Promise.resolve() };
  let isClosing = false;
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const child = fork(WORKER_FILE, [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.on('error', (error) => Logger.warn(error.message, 'Worker'));
    child.on('exit', (code) => {
      if (isClosing) return;
      Logger.warn(`the worker ended with ${code ?? 'a signal'}; another is started`, 'Worker');
      timer = setTimeout(() => (worker = start()), AGAIN_AFTER_MILLISECONDS);
    });
    return child;
  };
  let worker = start();
  return {
    async close() {
      isClosing = true;
      clearTimeout(timer);
      if (worker.exitCode !== null || worker.signalCode !== null) return;
      const ended = once(worker, 'exit');
      const late = setTimeout(() => worker.kill('SIGKILL'), STOP_WITHIN_MILLISECONDS);
      worker.kill('SIGTERM');
      await ended;
      clearTimeout(late);
    },
  };
}

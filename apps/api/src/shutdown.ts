import { Logger } from '@nestjs/common';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Ends the process on SIGTERM and SIGINT: runs `stop` once, however often the signals come (npm and a terminal both
 * send SIGINT on Ctrl-C), then exits with 0, or with 1 where it failed.
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const begin = (): void => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        Logger.error(error instanceof Error ? error.stack : String(error), 'Shutdown');
        process.exit(1);
      },
    );
  };
  for (const signal of SIGNALS) process.on(signal, begin);
}

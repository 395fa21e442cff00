import { setImmediate as nextTurn } from 'node:timers/promises';

/** Other requests wait this long at most, and for the piece of work in hand. */
const PAUSE_AFTER_MS = 10;

/** Lets other requests through between the pieces of a long computation. */
export class Turns {
  private started = performance.now();

  /** To be called between two pieces. */
  async pause(): Promise<void> {
    if (performance.now() - this.started < PAUSE_AFTER_MS) return;
    await nextTurn();
    this.started = performance.now();
  }
}

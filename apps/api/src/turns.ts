import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Other requests wait this long at most, and for the piece of work in hand. */
const PAUSE_AFTER_MS = 10;
/**
 * Of the time that a long piece held others up they get this much, and so not just one turn of the event loop: an answer
 * takes several.
 */
const OTHERS_SHARE = 0.05;

/** Lets other requests through between the pieces of a long computation. */
export class Turns {
  private started = performance.now();

  /** Whether others have waited long enough. */
  get isOver(): boolean {
    return performance.now() - this.started >= PAUSE_AFTER_MS;
  }

  /** To be called between two pieces. */
  async pause(): Promise<void> {
    if (!this.isOver) return;
    const share = OTHERS_SHARE * (performance.now() - this.started);
    // A timer takes a millisecond at least.
    await (share < 1 ? nextTurn() : sleep(share));
    this.started = performance.now();
  }
}

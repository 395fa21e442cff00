import type { Response } from 'express';

/** Bytes that may wait in one reader's connection: whoever is farther behind is cut off, and may resume. */
const LARGEST_BACKLOG_BYTES = 1 << 20;

/** One event in the form of server-sent events, as the bytes that every reader gets. */
export function eventBytes(id: number, name: string, data: object): Buffer {
  return Buffer.from(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** A reader's answer that goes on. While it catches up on what it has missed, what happens now waits behind that. */
export class EventStream {
  private waiting: Buffer[] | undefined = [];

  constructor(private readonly response: Response) {
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      // Proxies that collect answers would hold events back.
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    response.socket?.setNoDelay(true);
  }

  onClosed(listener: () => void): void {
    this.response.once('close', listener);
  }

  /** Something that happened now. */
  live(bytes: Buffer): void {
    if (this.waiting === undefined) this.write(bytes);
    else this.waiting.push(bytes);
  }

  /** Something missed; false where the reader is gone. */
  past(bytes: Buffer): boolean {
    this.write(bytes);
    return !this.response.destroyed;
  }

  /** Everything missed is sent. */
  caughtUp(): void {
    const { waiting = [] } = this;
    this.waiting = undefined;
    for (const bytes of waiting) this.write(bytes);
  }

  end(): void {
    this.response.end();
  }

  private write(bytes: Buffer): void {
    if (this.response.destroyed || this.response.writableEnded) return;
    this.response.write(bytes);
    // Dropped, not waited for: nobody else's events may be late because of one reader.
    if (this.response.writableLength > LARGEST_BACKLOG_BYTES) this.response.destroy();
  }
}

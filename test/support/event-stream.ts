import { setTimeout as sleep } from 'node:timers/promises';

export interface StreamedEvent {
  readonly id: number;
  readonly name: string;
  readonly data: ReturnType<typeof JSON.parse>;
}

export interface OpenStream {
  readonly status: number;
  /** What came so far; grows. */
  readonly events: readonly StreamedEvent[];
  /** Waits until an event is as asked. */
  until(isLast: (event: StreamedEvent) => boolean): Promise<void>;
  readonly ended: Promise<void>;
  close(): void;
}

/** Follows server-sent events. */
export async function openStream(url: string, key: string, lastEventId?: number): Promise<OpenStream> {
  const abort = new AbortController();
  const resumed = lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) };
  const reply = await fetch(url, { headers: { authorization: `Bearer ${key}`, ...resumed }, signal: abort.signal });
  const events: StreamedEvent[] = [];
  const read = async (): Promise<void> => {
    let text = '';
    for await (const piece of reply.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + piece).split('\n\n');
      text = blocks.pop()!;
      events.push(...blocks.map(streamedEvent));
    }
  };
  return {
    status: reply.status,
    events,
    async until(isLast) {
      while (!events.some(isLast)) await sleep(10);
    },
    ended: read().catch(() => undefined),
    close: () => abort.abort(),
  };
}

function streamedEvent(block: string): StreamedEvent {
  const [, id, name, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block) ?? [];
  if (data === undefined) throw new Error(`not an event: ${block}`);
  return { id: Number(id), name, data: JSON.parse(data) };
}

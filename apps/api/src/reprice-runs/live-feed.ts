import type { OnModuleDestroy } from '@nestjs/common';
import type { LiveResult, RunEvent, RunEventRepository } from '@app/store';
import { difference, dollarsOfCents } from './cents-amount.js';
import { eventBytes, type EventStream } from './event-stream.js';

/** What a reader follows. */
export interface Topic {
  readonly kind: 'RUN' | 'ACCOUNT' | 'DESK';
  readonly id: string;
}

/** Events read at once. */
const PAGE = 500;
/** A notice may be lost with its connection: the table is looked at anyway. */
const LOOK_MILLISECONDS = 1_000;
/** How often a reader hears how far it is, which also keeps proxies from closing a silent connection. */
const BOOKMARK_MILLISECONDS = 15_000;

/**
 * Reads each new event once and hands its bytes to everybody who follows what it is about. Events of any process come
 * by the table; the notice only says that it is worth looking.
 */
export class LiveFeed implements OnModuleDestroy {
  private readonly streams = new Map<string, Set<EventStream>>();
  private place = 0;
  private isOpen: Promise<void> | undefined;
  private listening: { close(): Promise<void> } | undefined;
  private timers: NodeJS.Timeout[] = [];
  private reading: Promise<void> | undefined;
  private isWoken = false;
  private isReadingPage = false;
  private joining: (() => void)[] = [];

  constructor(private readonly events: RunEventRepository) {}

  /** The number of the last event handed out: `stream` gets every one after it. */
  async follow(topic: Topic, stream: EventStream): Promise<number> {
    await (this.isOpen ??= this.open());
    return new Promise((resolve) => {
      this.joining.push(() => {
        this.add(topic, stream);
        resolve(this.place);
      });
      // A page being read was asked for without this reader: after it.
      if (!this.isReadingPage) this.admit();
    });
  }

  /** Ends every stream: their readers come back elsewhere. */
  endAll(): void {
    for (const followers of this.streams.values()) for (const stream of followers) stream.end();
  }

  async onModuleDestroy(): Promise<void> {
    this.timers.forEach(clearInterval);
    await this.listening?.close();
    await this.reading;
  }

  private async open(): Promise<void> {
    this.place = await this.events.last();
    this.listening = this.events.listen(() => this.wake());
    this.timers = [
      setInterval(() => this.wake(), LOOK_MILLISECONDS),
      setInterval(() => this.bookmark(), BOOKMARK_MILLISECONDS),
    ].map((timer) => timer.unref());
  }

  private wake(): void {
    this.isWoken = true;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
  }

  /** Until there is nothing new. A database that does not answer is asked again at the next look. */
  private async read(): Promise<void> {
    while (this.isWoken && this.streams.size > 0) {
      this.isWoken = false;
      try {
        while (await this.readPage());
      } catch {
        return;
      }
    }
  }

  private admit(): void {
    const joining = this.joining;
    this.joining = [];
    for (const join of joining) join();
  }

  private add(topic: Topic, stream: EventStream): void {
    const key = keyOf(topic);
    const followers = this.streams.get(key) ?? new Set();
    this.streams.set(key, followers.add(stream));
    stream.onClosed(() => {
      followers.delete(stream);
      if (followers.size === 0 && this.streams.get(key) === followers) this.streams.delete(key);
    });
  }

  private async readPage(): Promise<boolean> {
    this.admit();
    this.isReadingPage = true;
    try {
      return await this.handOut();
    } finally {
      this.isReadingPage = false;
      this.admit();
    }
  }

  private async handOut(): Promise<boolean> {
    const from = this.place;
    const events = await this.events.after(from, PAGE);
    if (events.length === 0) return false;
    const upTo = events[events.length - 1].id;
    const [ofAccounts, ofDesks] = await Promise.all([
      this.results('ACCOUNT', from, upTo),
      this.results('DESK', from, upTo),
    ]);
    this.place = upTo;
    for (const event of events) this.send({ kind: 'RUN', id: event.runId }, runEventBytes(event));
    for (const result of ofAccounts) this.send({ kind: 'ACCOUNT', id: result.accountId }, accountEventBytes(result));
    for (const { desk, bytes } of deskEvents(ofDesks)) this.send({ kind: 'DESK', id: desk }, bytes);
    return true;
  }

  private async results(kind: 'ACCOUNT' | 'DESK', from: number, upTo: number): Promise<readonly LiveResult[]> {
    const ids = [...this.streams.keys()].filter((key) => key.startsWith(kind)).map((key) => key.slice(kind.length + 1));
    if (ids.length === 0) return [];
    return kind === 'ACCOUNT' ? this.events.ofAccounts(from, upTo, ids) : this.events.ofDesks(from, upTo, ids);
  }

  private send(topic: Topic, bytes: Buffer): void {
    for (const stream of this.streams.get(keyOf(topic)) ?? []) stream.live(bytes);
  }

  private bookmark(): void {
    const bytes = bookmarkBytes(this.place);
    for (const followers of this.streams.values()) for (const stream of followers) stream.live(bytes);
  }
}

function keyOf({ kind, id }: Topic): string {
  return `${kind} ${id}`;
}

/** Nothing happened that a reader follows, up to here. */
export function bookmarkBytes(place: number): Buffer {
  return eventBytes(place, 'bookmark', {});
}

export function runEventBytes({ id, runId, state, first, last, accounts }: RunEvent): Buffer {
  if (state !== null) return eventBytes(id, 'state', { runId, state });
  return eventBytes(id, 'results', { runId, firstAccountId: first, lastAccountId: last, accounts });
}

export function accountEventBytes(result: LiveResult): Buffer {
  return eventBytes(result.eventId, 'margin', amounts(result));
}

/** An event a desk and chunk: its accounts together. */
export function deskEvents(
  results: readonly LiveResult[],
): readonly { readonly desk: string; readonly bytes: Buffer }[] {
  const groups = new Map<string, LiveResult[]>();
  for (const result of results) {
    const key = `${result.eventId} ${result.desk}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [result]);
    else known.push(result);
  }
  return [...groups.values()].map((members) => {
    const [{ eventId, runId, desk }] = members;
    return { desk, bytes: eventBytes(eventId, 'margins', { runId, desk, accounts: members.map(amounts) }) };
  });
}

function amounts(result: LiveResult) {
  const { runId, accountId, requirement, regulatoryRequirement, equity, maintenanceExcess } = result;
  return {
    ...{ runId, accountId },
    requirement: dollarsOfCents(requirement),
    regulatoryRequirement: dollarsOfCents(regulatoryRequirement),
    equity: dollarsOfCents(equity),
    excess: difference(equity, requirement),
    maintenanceExcess: dollarsOfCents(maintenanceExcess),
  };
}

import type { AccountRepository, RunEventRepository } from '@app/store';
import type { Request, Response } from 'express';
import type { Caller } from '../auth/caller.js';
import { badRequest, notFound } from '../problems.js';
import { mayRead } from '../what-if/stored-what-ifs.js';
import { EventStream } from './event-stream.js';
import { accountEventBytes, bookmarkBytes, deskEvents, type LiveFeed, runEventBytes, type Topic } from './live-feed.js';
import type { RepriceRuns } from './reprice-runs.js';

/** Events of one answer from the database while a reader catches up. */
const PAGE = 500;

/** Answers that go on: what is missed since `Last-Event-ID`, then what happens. */
export class LiveStreams {
  private readonly watched = new WeakSet<object>();

  constructor(
    private readonly feed: LiveFeed,
    private readonly events: RunEventRepository,
    private readonly accounts: AccountRepository,
    private readonly runs: RepriceRuns,
  ) {}

  /** Of a run, all of them where no place is named. @throws Problem 404. */
  async ofRun(runId: string, request: Request, response: Response): Promise<void> {
    const { id } = await this.runs.find(runId);
    await this.open({ kind: 'RUN', id }, placeIn(request) ?? 0, request, response);
  }

  /** Of an account: begins with its latest result where no place is named. @throws Problem 404. */
  async ofAccount(accountId: string, caller: Caller, request: Request, response: Response): Promise<void> {
    const account = await this.accounts.standing(accountId);
    if (account === undefined || !mayRead(caller, account.desk)) throw notFound();
    const place = placeIn(request) ?? (await this.events.placeBeforeLatest(accountId));
    await this.open({ kind: 'ACCOUNT', id: accountId }, place, request, response);
  }

  /** Of a desk, from now on where no place is named. @throws Problem 404. */
  async ofDesk(desk: string, caller: Caller, request: Request, response: Response): Promise<void> {
    if (!mayRead(caller, desk)) throw notFound();
    await this.open({ kind: 'DESK', id: desk }, placeIn(request) ?? (await this.events.last()), request, response);
  }

  private async open(topic: Topic, place: number, request: Request, response: Response): Promise<void> {
    this.endWithServer(request);
    const stream = new EventStream(response);
    try {
      const upTo = await this.feed.follow(topic, stream);
      await this.catchUp(topic, place, upTo, stream);
      stream.past(bookmarkBytes(Math.max(place, upTo)));
      stream.caughtUp();
    } catch {
      // The answer has begun: all that can be said is its end, after which the reader comes again.
      response.destroy();
    }
  }

  private async catchUp({ kind, id }: Topic, place: number, upTo: number, stream: EventStream): Promise<void> {
    for (let from = place; from < upTo;) {
      const events = await this.events.after(from, PAGE, kind === 'RUN' ? id : null);
      const last = Math.min(events.at(-1)?.id ?? upTo, upTo);
      let pieces: readonly Buffer[];
      if (kind === 'RUN') pieces = events.filter((event) => event.id <= upTo).map(runEventBytes);
      else if (kind === 'ACCOUNT') pieces = (await this.events.ofAccounts(from, last, [id])).map(accountEventBytes);
      else pieces = deskEvents(await this.events.ofDesks(from, last, [id])).map(({ bytes }) => bytes);
      if (!pieces.every((bytes) => stream.past(bytes))) return;
      if (events.length < PAGE) return;
      from = last;
    }
  }

  /** A server that shuts down waits for answers under way: these never end by themselves. */
  private endWithServer(request: Request): void {
    const { server } = request.socket as unknown as { server: NodeJS.EventEmitter };
    if (this.watched.has(server)) return;
    this.watched.add(server);
    server.once('draining', () => this.feed.endAll());
  }
}

/** Undefined where the reader is new. @throws Problem 400 for what is no place of ours. */
function placeIn(request: Request): number | undefined {
  const text = request.headers['last-event-id'];
  if (text === undefined || text === '') return undefined;
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
  throw badRequest('stream.last_event_id', 'Last-Event-ID must be the id of an event of this stream.');
}

import type {
  NewRepriceRun,
  RepriceRun,
  RepriceRunRepository,
  RunProgress,
  RunResultRepository,
  SnapshotRepository,
} from '@app/store';
import type { Caller } from '../auth/caller.js';
import { cursorOf, cursorText, pageLimit } from '../fields/page-fields.js';
import { badRequest, conflict, notFound } from '../problems.js';
import { type MarketClock, noSnapshot, refuseStaleSnapshot } from '../what-if/market-clock.js';
import type { NewRunDto } from './new-run.dto.js';
import type { RunComparisonDto } from './run-comparison.dto.js';
import { comparisonReply, resultReply, runReply, totalsReply } from './run-reply.js';
import {
  cursorOfRun,
  type RunDto,
  type RunListDto,
  type RunListQueryDto,
  runPage,
  type RunWithTotalsDto,
} from './run-reply.dto.js';
import type {
  DeadLetterListDto,
  DeadLetterListQueryDto,
  ResultListQueryDto,
  RunResultListDto,
} from './run-result.dto.js';

const CHUNK_SIZE = 250;
export const PRIORITIES = { NIGHTLY: 0, INTRADAY: 10 } as const;
const CHANGES_SHOWN = 100;

export const RUN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Batch reprices: asked for here, done by workers. */
export class RepriceRuns {
  constructor(
    private readonly runs: RepriceRunRepository,
    private readonly results: RunResultRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly clock: MarketClock,
  ) {}

  /** @throws Problem 400 for a request that names two scopes or snapshots, 422 where there is no snapshot. */
  async create(request: NewRunDto, caller: Caller): Promise<RunDto> {
    refuseTwo(request);
    const { desk = null, accountIds = [], chunkSize = CHUNK_SIZE, priority = 'INTRADAY' } = request;
    const run: NewRepriceRun = {
      snapshotId: await this.snapshotId(request),
      scope: desk !== null ? 'DESK' : accountIds.length > 0 ? 'LIST' : 'ALL',
      ...{ desk, accountIds: [...new Set(accountIds)].sort(), chunkSize, priority: PRIORITIES[priority] },
      trial: false,
      trialRules: null,
      origin: 'CALL',
      requestedBy: caller.keyId,
    };
    return this.reply(await this.find(await this.runs.create(run)));
  }

  async list(query: RunListQueryDto): Promise<RunListDto> {
    const { limit, after } = runPage(query);
    const found = await this.runs.list({ after, limit: limit + 1 });
    const items = await Promise.all(found.slice(0, limit).map((run) => this.reply(run)));
    return { items, nextCursor: found.length > limit ? cursorOfRun(found[limit - 1]) : null };
  }

  async withTotals(id: string): Promise<RunWithTotalsDto> {
    const run = await this.find(id);
    const [reply, totals] = await Promise.all([this.reply(run), this.results.totals(id)]);
    return { ...reply, totals: totalsReply(totals) };
  }

  /** @throws Problem 409 where it is not under way. */
  async cancel(id: string): Promise<RunDto> {
    await this.find(id);
    if (await this.runs.cancel(id)) return this.reply(await this.find(id));
    throw conflict('run.not_under_way', 'Only a run that is under way can be cancelled.');
  }

  /** @throws Problem 409 where it is not cancelled. */
  async resume(id: string): Promise<RunDto> {
    await this.find(id);
    if (await this.runs.resume(id)) return this.reply(await this.find(id));
    throw conflict('run.not_cancelled', 'Only a cancelled run can be resumed.');
  }

  async resultPage(id: string, query: ResultListQueryDto): Promise<RunResultListDto> {
    const run = await this.find(id);
    const limit = pageLimit(query.limit);
    const after = query.cursor === undefined ? undefined : cursorText(query.cursor);
    const { desk, deficits } = query;
    const page = { runId: run.id, desk, deficitsOnly: deficits === 'true', after, limit: limit + 1 };
    const found = await this.results.page(page);
    const items = found.slice(0, limit).map(resultReply);
    return { items, nextCursor: found.length > limit ? cursorOf(items[limit - 1].accountId) : null };
  }

  async deadLetters(id: string, query: DeadLetterListQueryDto): Promise<DeadLetterListDto> {
    const run = await this.find(id);
    const limit = pageLimit(query.limit);
    const after = query.cursor === undefined ? undefined : cursorText(query.cursor);
    const found = await this.results.deadLetters(run.id, after, limit + 1);
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? cursorOf(items[limit - 1].accountId) : null };
  }

  /** @throws Problem 404 where there is no run to compare with. */
  async comparison(id: string): Promise<RunComparisonDto> {
    const run = await this.find(id);
    const previous = run.previousId === null ? undefined : await this.runs.find(run.previousId);
    if (previous === undefined) throw notFound('There is no earlier run of the same accounts to compare with.');
    const [changes, totals, previousTotals, newDeficits, largest] = await Promise.all([
      this.results.changes(run.id, previous.id),
      this.results.totals(run.id),
      this.results.totals(previous.id),
      this.results.newDeficits(run.id, previous.id, CHANGES_SHOWN),
      this.results.largestChanges(run.id, previous.id, CHANGES_SHOWN),
    ]);
    return comparisonReply({ run, previous, changes, totals, previousTotals, newDeficits, largest });
  }

  /** @throws Problem 404. */
  async find(id: string): Promise<RepriceRun> {
    const run = RUN_ID.test(id) ? await this.runs.find(id) : undefined;
    if (run === undefined || run.trial) throw notFound();
    return run;
  }

  private async reply(run: RepriceRun): Promise<RunDto> {
    return runReply(run, (await this.runs.progress(run.id)) ?? gone(run));
  }

  private async snapshotId({ snapshotId, feed }: NewRunDto): Promise<string> {
    if (snapshotId !== undefined) {
      if ((await this.snapshots.find(snapshotId)) === undefined)
        throw notFound('There is no market snapshot with this id.');
      return snapshotId;
    }
    const latest = await this.snapshots.latest(feed);
    if (latest === undefined) throw noSnapshot();
    refuseStaleSnapshot(latest.asOf, this.clock);
    return latest.id;
  }
}

/** A run that was taken away between two reads. */
function gone({ state }: RepriceRun): RunProgress {
  return { state, accounts: null, done: 0, chunks: 0, chunksDone: 0 };
}

function refuseTwo({ snapshotId, feed, desk, accountIds }: NewRunDto): void {
  const two = [
    ...(snapshotId !== undefined && feed !== undefined ? [['/feed', 'Give snapshotId or feed, not both.']] : []),
    ...(desk !== undefined && accountIds !== undefined ? [['/accountIds', 'Give desk or accountIds, not both.']] : []),
  ];
  if (two.length === 0) return;
  const code = 'run.two_scopes';
  const errors = two.map(([pointer, detail]) => ({ pointer, code, detail }));
  throw badRequest(code, 'A run has one snapshot and one scope: see errors.', errors);
}

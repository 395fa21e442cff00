import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Database,
  type NewRepriceRun,
  type RepriceRun,
  RepriceRunRepository,
  RunResultRepository,
  SnapshotRepository,
} from '@app/store';
import type { RepriceCommand } from './command.js';
import type { ProgressDisplay } from './progress-display.js';
import { rulesFile } from './rules-file.js';
import type { Compared } from './summary.js';

/** There is nothing to reprice on; the message says what is missing. */
export class NoSnapshotError extends Error {}

const LOOK_MILLISECONDS = 200;
const LINES_SHOWN = 10;

/** Asks for the run, waits for it, and compares it with the one before. */
export async function reprice(database: Database, asked: RepriceCommand, display: ProgressDisplay): Promise<Compared> {
  const runs = new RepriceRunRepository(database);
  const run = await newRun(database, asked);
  if (asked.rulesFile === undefined) {
    const done = await finished(runs, await runs.create(run), display);
    return compared(database, done, done.previousId);
  }
  const trialRules = rulesFile(asked.rulesFile);
  const before = await runs.create({ ...run, trial: true });
  const after = await runs.create({ ...run, trial: true, trialRules });
  try {
    await finished(runs, before, display);
    return await compared(database, await finished(runs, after, display), before);
  } finally {
    for (const id of [before, after]) await runs.cancel(id).then(() => runs.remove(id));
  }
}

async function newRun(database: Database, asked: RepriceCommand): Promise<NewRepriceRun> {
  const snapshots = new SnapshotRepository(database);
  const { snapshotId, feed, desk, accountIds, chunkSize, priority } = asked;
  const found = snapshotId === undefined ? await snapshots.latest(feed) : await snapshots.find(snapshotId);
  if (found === undefined) throw new NoSnapshotError('There is no such market snapshot.');
  const scope = desk !== null ? 'DESK' : accountIds.length > 0 ? 'LIST' : 'ALL';
  return {
    snapshotId: found.id,
    ...{ scope, desk, accountIds, chunkSize, priority },
    trial: false,
    trialRules: null,
    origin: 'CALL',
    requestedBy: 'npm run reprice',
  };
}

async function finished(runs: RepriceRunRepository, id: string, display: ProgressDisplay): Promise<RepriceRun> {
  for (;;) {
    const progress = (await runs.progress(id))!;
    display.show(progress);
    const isOver = ['DONE', 'PARTIAL', 'FAILED', 'CANCELLED'].includes(progress.state);
    if (isOver) return (await runs.find(id))!;
    await sleep(LOOK_MILLISECONDS);
  }
}

async function compared(database: Database, run: RepriceRun, previousId: string | null): Promise<Compared> {
  const results = new RunResultRepository(database);
  const previous = previousId === null ? undefined : await new RepriceRunRepository(database).find(previousId);
  const begun = (run.startedAt ?? run.createdAt).getTime();
  return {
    run,
    seconds: Math.max(
      0.001,
      ((run.finishedAt?.getTime() ?? performance.timeOrigin + performance.now()) - begun) / 1_000,
    ),
    totals: await results.totals(run.id),
    previous:
      previous === undefined
        ? null
        : {
            totals: await results.totals(previous.id),
            changes: await results.changes(run.id, previous.id),
            largest: await results.largestChanges(run.id, previous.id, LINES_SHOWN),
            newDeficits: await results.newDeficits(run.id, previous.id, LINES_SHOWN),
            samePrices: previous.snapshotId === run.snapshotId,
          },
  };
}

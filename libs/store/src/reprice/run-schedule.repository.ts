import { randomUUID } from 'node:crypto';
import type { Database } from '../database.js';
import type { RepriceSchedule } from '../generated/client.js';
import { HouseRuleRepository } from '../house-rule.repository.js';
import type { JobsTransaction } from './jobs-database.js';
import { createRun } from './run-creation.js';

export type RunSchedule = RepriceSchedule;
export type NewRunSchedule = Omit<RunSchedule, 'id' | 'createdAt' | 'lastFiredAt' | 'lastSnapshotId'>;

const CHUNK_SIZE = 250;

const COLUMNS = `id, name, cron, trading_days_only AS "tradingDaysOnly", feed, scope, desk, priority,
  created_by AS "createdBy", created_at AS "createdAt", last_fired_at AS "lastFiredAt",
  last_snapshot_id AS "lastSnapshotId"`;

// One worker at a time looks at a schedule: none is answered twice.
const ALL = `SELECT ${COLUMNS} FROM reprice_schedules ORDER BY name FOR UPDATE SKIP LOCKED`;
const LATEST =
  'SELECT id, created_at AS "createdAt" FROM market_snapshots WHERE feed = $1 ORDER BY as_of DESC, created_at DESC LIMIT 1';

/** What a schedule waits for: its next time, or a snapshot that came after it was made. */
export type IsDue = (schedule: RunSchedule) => { readonly isDue: boolean; readonly isTradingDay: boolean };

/** Runs that are asked for by time or by snapshot. */
export class RunScheduleRepository {
  private readonly houseRules: HouseRuleRepository;

  constructor(private readonly database: Database) {
    this.houseRules = new HouseRuleRepository(database);
  }

  /** Undefined where the name is taken. */
  async create(schedule: NewRunSchedule): Promise<RunSchedule | undefined> {
    const id = randomUUID();
    const { count } = await this.database.prisma.repriceSchedule.createMany({
      data: [{ id, ...schedule }],
      skipDuplicates: true,
    });
    return count === 0
      ? undefined
      : ((await this.database.prisma.repriceSchedule.findUnique({ where: { id } })) ?? undefined);
  }

  async list(): Promise<readonly RunSchedule[]> {
    return this.database.prisma.repriceSchedule.findMany({ orderBy: { name: 'asc' } });
  }

  /** The schedule as it was; undefined where there is none of this id and name. */
  async remove(id: string, name: string): Promise<RunSchedule | undefined> {
    const { rows } = await this.database.pool.query<RunSchedule>(
      `DELETE FROM reprice_schedules WHERE id = $1 AND name = $2 RETURNING ${COLUMNS}`,
      [id, name],
    );
    return rows[0];
  }

  /** Asks for the runs that are due, each once, however many workers look; how many. */
  async fire({ client }: JobsTransaction, timeIsDue: IsDue): Promise<number> {
    const { rows: schedules } = await client.query<RunSchedule>(ALL);
    if (schedules.length === 0) return 0;
    const { sequence } = await this.houseRules.current();
    let fired = 0;
    for (const schedule of schedules) {
      const { rows: latest } = await client.query<{ id: string; createdAt: Date }>(LATEST, [schedule.feed]);
      const [snapshot] = latest;
      const time = timeIsDue(schedule);
      const isNew = snapshot !== undefined && snapshot.id !== schedule.lastSnapshotId;
      const isDue = schedule.cron === null ? isNew && snapshot.createdAt > schedule.createdAt : time.isDue;
      if (!isDue) continue;
      await client.query('UPDATE reprice_schedules SET last_fired_at = now(), last_snapshot_id = $2 WHERE id = $1', [
        schedule.id,
        snapshot?.id ?? null,
      ]);
      if (snapshot === undefined || (schedule.tradingDaysOnly && !time.isTradingDay)) continue;
      const { scope, desk, priority } = schedule;
      const origin = schedule.cron === null ? 'SNAPSHOT' : 'SCHEDULE';
      const asked = { accountIds: [], chunkSize: CHUNK_SIZE, trial: false, trialRules: null, requestedBy: schedule.id };
      await createRun(client, { snapshotId: snapshot.id, scope, desk, priority, origin, ...asked }, sequence);
      fired += 1;
    }
    return fired;
  }
}

import type { RunSchedule } from '@app/store';
import { PgBoss } from 'pg-boss';
import { dueTimes } from './due-times.js';

const boss = new PgBoss('postgresql://nobody@localhost/none');
const schedule: RunSchedule = {
  ...{ id: 'x', name: 'x', tradingDaysOnly: true, feed: 'main', scope: 'ALL', desk: null, priority: 0 },
  ...{
    createdBy: 'x',
    cron: null,
    createdAt: new Date('2026-06-10T00:00:00Z'),
    lastFiredAt: null,
    lastSnapshotId: null,
  },
};
const evening = { ...schedule, cron: '30 17 * * *' };

describe('a time of a schedule', () => {
  it('is read in New York, and has come or not', () => {
    const at = (now: string) => dueTimes(boss, new Date(now))(evening);
    expect(at('2026-06-10T21:29:59Z').isDue).toBe(false);
    expect(at('2026-06-10T21:30:00Z').isDue).toBe(true);
  });

  it('is made up for once where it passed unseen', () => {
    const fired = { ...evening, lastFiredAt: new Date('2026-06-12T10:00:00Z') };
    expect(dueTimes(boss, new Date('2026-06-12T12:00:00Z'))(fired).isDue).toBe(false);
    expect(dueTimes(boss, new Date('2026-06-15T12:00:00Z'))(fired).isDue).toBe(true);
  });

  it('knows the days on which the exchange is open, and leaves snapshots to others', () => {
    const isTradingDay = (now: string) => dueTimes(boss, new Date(now))(evening).isTradingDay;
    expect([isTradingDay('2026-06-12T20:00:00Z'), isTradingDay('2026-06-13T20:00:00Z')]).toEqual([true, false]);
    expect(dueTimes(boss, new Date('2026-06-12T20:00:00Z'))({ ...schedule, cron: null }).isDue).toBe(false);
  });
});

import { exchangeDate, isBusinessDay } from '@app/market';
import type { IsDue } from '@app/store';
import type { PgBoss } from 'pg-boss';

/** Cron fields are read in the exchange's time. */
const EXCHANGE_TIME_ZONE = 'America/New_York';

/** Whether a schedule's next time after the last one has come. A time that passed while no worker ran is made up for once. */
export function dueTimes(boss: Pick<PgBoss, 'previewSchedule'>, now: Date): IsDue {
  return ({ cron, lastFiredAt, createdAt }) => {
    const isTradingDay = isBusinessDay(exchangeDate(now.toISOString()));
    if (cron === null) return { isDue: false, isTradingDay };
    const [next] = boss.previewSchedule(cron, { tz: EXCHANGE_TIME_ZONE, from: lastFiredAt ?? createdAt, count: 1 });
    return { isDue: next !== undefined && next <= now, isTradingDay };
  };
}

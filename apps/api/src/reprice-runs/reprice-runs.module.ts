import { Module } from '@nestjs/common';
import {
  AccountRepository,
  RepriceRunRepository,
  RunEventRepository,
  RunResultRepository,
  SnapshotRepository,
} from '@app/store';
import { MARKET_CLOCK, type MarketClock } from '../what-if/market-clock.js';
import { LiveFeed } from './live-feed.js';
import { LiveStreamsController } from './live-streams.controller.js';
import { LiveStreams } from './live-streams.js';
import { RepriceRuns } from './reprice-runs.js';
import { RepriceRunsController } from './reprice-runs.controller.js';
import { RunSchedulesController } from './run-schedules.controller.js';

@Module({
  controllers: [RepriceRunsController, RunSchedulesController, LiveStreamsController],
  providers: [
    {
      provide: RepriceRuns,
      inject: [RepriceRunRepository, RunResultRepository, SnapshotRepository, MARKET_CLOCK],
      useFactory: (
        runs: RepriceRunRepository,
        results: RunResultRepository,
        snapshots: SnapshotRepository,
        clock: MarketClock,
      ) => new RepriceRuns(runs, results, snapshots, clock),
    },
    {
      provide: LiveFeed,
      inject: [RunEventRepository],
      useFactory: (events: RunEventRepository) => new LiveFeed(events),
    },
    {
      provide: LiveStreams,
      inject: [LiveFeed, RunEventRepository, AccountRepository, RepriceRuns],
      useFactory: (feed: LiveFeed, events: RunEventRepository, accounts: AccountRepository, runs: RepriceRuns) =>
        new LiveStreams(feed, events, accounts, runs),
    },
  ],
})
export class RepriceRunsModule {}

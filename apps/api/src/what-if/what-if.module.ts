import { Module } from '@nestjs/common';
import {
  AccountRepository,
  HouseRuleRepository,
  ReservationRepository,
  SnapshotRepository,
  WhatIfRepository,
} from '@app/store';
import { AccountBases } from './account-bases.js';
import { MARKET_CLOCK, type MarketClock } from './market-clock.js';
import { PairingSolver } from './reg-t-context.js';
import { Replays } from './replays.js';
import { ShadowWhatIfs } from './shadow-what-ifs.js';
import { StoredWhatIfs } from './stored-what-ifs.js';
import { Valuations } from './valuations.js';
import { WhatIfController } from './what-if.controller.js';
import { WorkingOrders } from './working-orders.js';

/** The two questions. MARKET_CLOCK comes from the application. */
@Module({
  controllers: [WhatIfController],
  providers: [
    PairingSolver,
    {
      provide: WorkingOrders,
      inject: [ReservationRepository],
      useFactory: (reservations: ReservationRepository) => new WorkingOrders(reservations),
    },
    {
      provide: Valuations,
      inject: [SnapshotRepository, MARKET_CLOCK],
      useFactory: (snapshots: SnapshotRepository, clock: MarketClock) => new Valuations(snapshots, clock),
    },
    {
      provide: AccountBases,
      inject: [AccountRepository, HouseRuleRepository, Valuations, PairingSolver, MARKET_CLOCK],
      useFactory: (...given: ConstructorParameters<typeof AccountBases>) => new AccountBases(...given),
    },
    {
      provide: StoredWhatIfs,
      inject: [AccountRepository, WhatIfRepository, AccountBases, MARKET_CLOCK, WorkingOrders],
      useFactory: (...given: ConstructorParameters<typeof StoredWhatIfs>) => new StoredWhatIfs(...given),
    },
    {
      provide: Replays,
      inject: [WhatIfRepository, HouseRuleRepository, Valuations, PairingSolver],
      useFactory: (...given: ConstructorParameters<typeof Replays>) => new Replays(...given),
    },
    {
      provide: ShadowWhatIfs,
      inject: [Valuations, PairingSolver],
      useFactory: (...given: ConstructorParameters<typeof ShadowWhatIfs>) => new ShadowWhatIfs(...given),
    },
  ],
  exports: [Valuations, StoredWhatIfs, PairingSolver, WorkingOrders],
})
export class WhatIfModule {}

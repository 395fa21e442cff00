import { Module } from '@nestjs/common';
import { AccountRepository, HouseRuleRepository, SnapshotRepository, WhatIfRepository } from '@app/store';
import { MARKET_CLOCK } from './market-clock.js';
import { ShadowWhatIfs } from './shadow-what-ifs.js';
import { StoredWhatIfs } from './stored-what-ifs.js';
import { Valuations } from './valuations.js';
import { WhatIfController } from './what-if.controller.js';

/** The two questions. MARKET_CLOCK comes from the application. */
@Module({
  controllers: [WhatIfController],
  providers: [
    { provide: Valuations, inject: [SnapshotRepository], useFactory: (snapshots) => new Valuations(snapshots) },
    {
      provide: StoredWhatIfs,
      inject: [AccountRepository, HouseRuleRepository, WhatIfRepository, Valuations, MARKET_CLOCK],
      useFactory: (accounts, houseRules, answers, valuations, clock) =>
        new StoredWhatIfs(accounts, houseRules, answers, valuations, clock),
    },
    {
      provide: ShadowWhatIfs,
      inject: [SnapshotRepository, Valuations, MARKET_CLOCK],
      useFactory: (snapshots, valuations, clock) => new ShadowWhatIfs(snapshots, valuations, clock),
    },
  ],
  exports: [Valuations, StoredWhatIfs],
})
export class WhatIfModule {}

import { Module } from '@nestjs/common';
import { AccountRepository, HouseRuleRepository, SnapshotRepository } from '@app/store';
import { MARKET_CLOCK } from '../what-if/market-clock.js';
import { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import { Valuations } from '../what-if/valuations.js';
import { WhatIfModule } from '../what-if/what-if.module.js';
import { AccountGroupsController } from './account-groups.controller.js';
import { BookChanges } from './book-changes.js';
import { DryRuns } from './dry-runs.js';
import { AccountEffectiveRules } from './effective-rules.js';
import { EffectiveRulesController } from './effective-rules.controller.js';
import { HouseRuleChangesController } from './house-rule-changes.controller.js';
import { HouseRulePacksController } from './house-rule-packs.controller.js';
import { HouseRules } from './house-rules.js';
import { HouseRulesController } from './house-rules.controller.js';

@Module({
  imports: [WhatIfModule],
  controllers: [
    HouseRulesController,
    HouseRuleChangesController,
    AccountGroupsController,
    HouseRulePacksController,
    EffectiveRulesController,
  ],
  providers: [
    {
      provide: AccountEffectiveRules,
      inject: [StoredWhatIfs],
      useFactory: (whatIfs: StoredWhatIfs) => new AccountEffectiveRules(whatIfs),
    },
    {
      provide: HouseRules,
      inject: [HouseRuleRepository, MARKET_CLOCK],
      useFactory: (...given: ConstructorParameters<typeof HouseRules>) => new HouseRules(...given),
    },
    {
      provide: DryRuns,
      inject: [AccountRepository, SnapshotRepository, Valuations, MARKET_CLOCK],
      useFactory: (...given: ConstructorParameters<typeof DryRuns>) => new DryRuns(...given),
    },
    {
      provide: BookChanges,
      inject: [HouseRuleRepository, AccountRepository, DryRuns],
      useFactory: (...given: ConstructorParameters<typeof BookChanges>) => new BookChanges(...given),
    },
  ],
})
export class HouseRulesModule {}

import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Database } from '@app/store';
import { AccountsModule } from './accounts/accounts.module.js';
import { HouseRulesModule } from './house-rules/house-rules.module.js';
import { MarketSnapshotsModule } from './market-snapshots/market-snapshots.module.js';
import { RiskArraysModule } from './risk-arrays/risk-arrays.module.js';
import { ShadowAnalysesModule } from './shadow-analyses/shadow-analyses.module.js';
import { StoreModule } from './store.module.js';
import { MARKET_CLOCK, type MarketClock } from './what-if/market-clock.js';
import { WhatIfModule } from './what-if/what-if.module.js';

/** The features of the service, one module each, on one open database. The shell around them is in application.ts. */
@Global()
@Module({
  imports: [
    AccountsModule,
    HouseRulesModule,
    MarketSnapshotsModule,
    RiskArraysModule,
    ShadowAnalysesModule,
    WhatIfModule,
  ],
  exports: [MARKET_CLOCK],
})
export class AppModule {
  static on(database: Database, clock: MarketClock): DynamicModule {
    return {
      module: AppModule,
      imports: [StoreModule.of(database)],
      providers: [{ provide: MARKET_CLOCK, useValue: clock }],
    };
  }
}

import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Database } from '@app/store';
import { AccountsModule } from './accounts/accounts.module.js';
import { AdviceModule } from './advice/advice.module.js';
import { CashMovementsModule } from './cash-movements/cash-movements.module.js';
import { HouseRulesModule } from './house-rules/house-rules.module.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { MarginCallsModule } from './margin-calls/margin-calls.module.js';
import { MarketSnapshotsModule } from './market-snapshots/market-snapshots.module.js';
import { RepriceRunsModule } from './reprice-runs/reprice-runs.module.js';
import { ReservationsModule } from './reservations/reservations.module.js';
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
    AdviceModule,
    CashMovementsModule,
    HouseRulesModule,
    IdempotencyModule,
    LimitsModule,
    MarginCallsModule,
    MarketSnapshotsModule,
    RepriceRunsModule,
    ReservationsModule,
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

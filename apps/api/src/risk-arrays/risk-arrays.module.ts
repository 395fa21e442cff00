import { Module } from '@nestjs/common';
import { SnapshotRepository } from '@app/store';
import { MARKET_CLOCK, type MarketClock } from '../what-if/market-clock.js';
import { Valuations } from '../what-if/valuations.js';
import { WhatIfModule } from '../what-if/what-if.module.js';
import { RiskArrays } from './risk-arrays.js';
import { RiskArraysController } from './risk-arrays.controller.js';

@Module({
  imports: [WhatIfModule],
  controllers: [RiskArraysController],
  providers: [
    {
      provide: RiskArrays,
      inject: [SnapshotRepository, Valuations, MARKET_CLOCK],
      useFactory: (snapshots: SnapshotRepository, valuations: Valuations, clock: MarketClock) =>
        new RiskArrays(snapshots, valuations, clock),
    },
  ],
})
export class RiskArraysModule {}

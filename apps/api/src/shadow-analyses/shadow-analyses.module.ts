import { Module } from '@nestjs/common';
import { SnapshotRepository } from '@app/store';
import { PairingSolver } from '../what-if/reg-t-context.js';
import { Valuations } from '../what-if/valuations.js';
import { WhatIfModule } from '../what-if/what-if.module.js';
import { ShadowAnalyses } from './shadow-analyses.js';
import { ShadowAnalysesController } from './shadow-analyses.controller.js';

@Module({
  imports: [WhatIfModule],
  controllers: [ShadowAnalysesController],
  providers: [
    {
      provide: ShadowAnalyses,
      inject: [Valuations, SnapshotRepository, PairingSolver],
      useFactory: (...given: ConstructorParameters<typeof ShadowAnalyses>) => new ShadowAnalyses(...given),
    },
  ],
})
export class ShadowAnalysesModule {}

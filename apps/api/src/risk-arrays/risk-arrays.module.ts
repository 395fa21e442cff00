import { Module } from '@nestjs/common';
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
      inject: [Valuations],
      useFactory: (valuations: Valuations) => new RiskArrays(valuations),
    },
  ],
})
export class RiskArraysModule {}

import { Module } from '@nestjs/common';
import { MarginCallRepository } from '@app/store';
import { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import { WhatIfModule } from '../what-if/what-if.module.js';
import { AccountCallsController } from './account-calls.controller.js';
import { MarginCalls } from './margin-calls.js';
import { MarginCallsController } from './margin-calls.controller.js';

@Module({
  imports: [WhatIfModule],
  controllers: [MarginCallsController, AccountCallsController],
  providers: [
    {
      provide: MarginCalls,
      inject: [MarginCallRepository, StoredWhatIfs],
      useFactory: (calls: MarginCallRepository, whatIfs: StoredWhatIfs) => new MarginCalls(calls, whatIfs),
    },
  ],
  exports: [MarginCalls],
})
export class MarginCallsModule {}

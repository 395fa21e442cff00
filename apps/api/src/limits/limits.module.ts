import { Module } from '@nestjs/common';
import { LimitRepository } from '@app/store';
import { Limits } from './limits.js';
import { LimitsController } from './limits.controller.js';

@Module({
  controllers: [LimitsController],
  providers: [
    { provide: Limits, inject: [LimitRepository], useFactory: (limits: LimitRepository) => new Limits(limits) },
  ],
})
export class LimitsModule {}

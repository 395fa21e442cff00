import { Module } from '@nestjs/common';
import { AccountRepository, CashMovementRepository } from '@app/store';
import { MarginCalls } from '../margin-calls/margin-calls.js';
import { MarginCallsModule } from '../margin-calls/margin-calls.module.js';
import { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import { WhatIfModule } from '../what-if/what-if.module.js';
import { CashMovements } from './cash-movements.js';
import { CashMovementsController } from './cash-movements.controller.js';

@Module({
  imports: [MarginCallsModule, WhatIfModule],
  controllers: [CashMovementsController],
  providers: [
    {
      provide: CashMovements,
      inject: [AccountRepository, CashMovementRepository, StoredWhatIfs, MarginCalls],
      useFactory: (...given: ConstructorParameters<typeof CashMovements>) => new CashMovements(...given),
    },
  ],
})
export class CashMovementsModule {}

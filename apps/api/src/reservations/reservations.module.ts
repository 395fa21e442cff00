import { Module } from '@nestjs/common';
import {
  AccountRepository,
  AnswerRepository,
  CheckRepository,
  LimitRepository,
  ReservationRepository,
} from '@app/store';
import { MARKET_CLOCK } from '../what-if/market-clock.js';
import { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import { WhatIfModule } from '../what-if/what-if.module.js';
import { WorkingOrders } from '../what-if/working-orders.js';
import { AccountOpening } from './account-opening.js';
import { CheckBatches } from './check-batches.js';
import { Gate } from './gate.js';
import { ReservationSweeper } from './reservation-sweeper.js';
import { Reservations } from './reservations.js';
import { ReservationsController } from './reservations.controller.js';

@Module({
  imports: [WhatIfModule],
  controllers: [ReservationsController],
  providers: [
    {
      provide: AccountOpening,
      inject: [AccountRepository, StoredWhatIfs, WorkingOrders, MARKET_CLOCK],
      useFactory: (...given: ConstructorParameters<typeof AccountOpening>) => new AccountOpening(...given),
    },
    {
      provide: CheckBatches,
      inject: [AccountOpening, CheckRepository, AnswerRepository, LimitRepository, MARKET_CLOCK],
      useFactory: (...given: ConstructorParameters<typeof CheckBatches>) => new CheckBatches(...given),
    },
    {
      provide: Gate,
      inject: [CheckBatches, AccountOpening],
      useFactory: (...given: ConstructorParameters<typeof Gate>) => new Gate(...given),
    },
    {
      provide: Reservations,
      inject: [ReservationRepository, StoredWhatIfs, AccountOpening],
      useFactory: (...given: ConstructorParameters<typeof Reservations>) => new Reservations(...given),
    },
    {
      provide: ReservationSweeper,
      inject: [ReservationRepository],
      useFactory: (reservations: ReservationRepository) => new ReservationSweeper(reservations),
    },
  ],
})
export class ReservationsModule {}

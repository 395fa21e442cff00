import { type DynamicModule, Global, Module } from '@nestjs/common';
import {
  AccountRepository,
  AnswerRepository,
  ApiKeyRepository,
  CashMovementRepository,
  CheckRepository,
  Database,
  HouseRuleRepository,
  LimitRepository,
  MarginCallRepository,
  RepriceRunRepository,
  ReservationRepository,
  RunEventRepository,
  RunResultRepository,
  RunScheduleRepository,
  SnapshotRepository,
  WhatIfRepository,
} from '@app/store';

const REPOSITORIES = [
  AccountRepository,
  AnswerRepository,
  ApiKeyRepository,
  CashMovementRepository,
  CheckRepository,
  HouseRuleRepository,
  LimitRepository,
  MarginCallRepository,
  RepriceRunRepository,
  ReservationRepository,
  RunEventRepository,
  RunResultRepository,
  RunScheduleRepository,
  SnapshotRepository,
  WhatIfRepository,
];

/** One open database and its repositories, for every feature. Whoever opened the database closes it. */
@Global()
@Module({})
export class StoreModule {
  static of(database: Database): DynamicModule {
    const repositories = REPOSITORIES.map((repository) => ({
      provide: repository,
      useFactory: () => new repository(database),
    }));
    return {
      module: StoreModule,
      providers: [{ provide: Database, useValue: database }, ...repositories],
      exports: [Database, ...REPOSITORIES],
    };
  }
}

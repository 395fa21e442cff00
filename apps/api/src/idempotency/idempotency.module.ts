import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { AnswerRepository } from '@app/store';
import { DecisionsController } from './decisions.controller.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/** Every write of the service takes an Idempotency-Key. */
@Module({
  controllers: [DecisionsController],
  providers: [
    {
      provide: APP_INTERCEPTOR,
      inject: [AnswerRepository, Reflector],
      useFactory: (answers: AnswerRepository, reflector: Reflector) => new IdempotencyInterceptor(answers, reflector),
    },
  ],
})
export class IdempotencyModule {}

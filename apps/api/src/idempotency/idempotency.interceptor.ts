import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AnswerRepository, type KeyedWrite } from '@app/store';
import type { Request, Response } from 'express';
import { defer, from, lastValueFrom, mergeMap, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../auth/caller.js';
import { HandlerMemo } from '../handler-memo.js';
import { problemOf } from '../problem-of.js';
import { requestId } from '../request-id.js';
import { capturedAnswer } from './captured-answer.js';
import {
  AnswerAsStored,
  type GivenAnswer,
  inProgress,
  isWorthKeeping,
  problemAnswer,
  replayed,
} from './given-answer.js';
import { fingerprint, idempotencyKey } from './idempotency-key.js';
import { Slots } from './slots.js';

const ITSELF = 'marginal:answers-key-itself';
/** Each holds one of the pool's connections while its handler may want another. */
const WRITES_AT_ONCE = 4;

/** On a handler that stores the answer with its effect by itself. */
export const AnswersKeyItself = (): MethodDecorator => SetMetadata(ITSELF, true);

/**
 * Writes under an Idempotency-Key: what the handler changes and what it answers are one transaction, and a repeated call
 * gets the stored answer. Calls without a key pass untouched.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly slots = new Slots(WRITES_AT_ONCE);
  private readonly itself: HandlerMemo<{ readonly value: boolean }>;

  constructor(
    private readonly answers: AnswerRepository,
    reflector: Reflector,
  ) {
    this.itself = new HandlerMemo((context) => ({
      value: reflector.get<boolean | undefined>(ITSELF, context.getHandler()) === true,
    }));
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request & AuthenticatedRequest>();
    if (request.headers['idempotency-key'] === undefined || isRead(request)) return next.handle();
    const { caller } = request;
    if (caller === undefined || this.itself.of(context).value) return next.handle();
    const response = context.switchToHttp().getResponse<Response>();
    return defer(() =>
      from(this.slots.use(() => this.once(request, response, caller.keyId, next))).pipe(
        mergeMap((answer) => {
          throw new AnswerAsStored(answer);
        }),
      ),
    );
  }

  /** The answer, stored with the handler's effect. @throws Problem 409 or 422 about the key, and what is not stored. */
  private async once(
    request: Request,
    response: Response,
    callerKeyId: string,
    next: CallHandler,
  ): Promise<GivenAnswer> {
    const key = idempotencyKey(request)!;
    const asked = fingerprint(request);
    const outcome = await this.answers.once({ callerKeyId, key }, () => this.written(request, response, asked, next));
    if (outcome.kind === 'IN_PROGRESS') throw inProgress();
    if (outcome.kind === 'ANSWERED') return replayed(outcome.answer, asked);
    if (outcome.value instanceof Error) throw outcome.value;
    return outcome.value;
  }

  /** What the handler answers or throws; a refusal is stored where a repeated call is to be told the same. */
  private async written(
    request: Request,
    response: Response,
    asked: string,
    next: CallHandler,
  ): Promise<KeyedWrite<GivenAnswer | Error>> {
    try {
      const value = await capturedAnswer(response, () => lastValueFrom(next.handle(), { defaultValue: undefined }));
      return { value, answer: stored(value, asked), isRefused: false };
    } catch (error) {
      const problem = problemOf(error);
      // What failed is told by the filter, which logs it; nothing of it is stored, so that it can be tried again.
      if (!isWorthKeeping(problem)) return { value: error as Error, answer: null, isRefused: true };
      const answer = problemAnswer(problem, requestId(request));
      return { value: answer, answer: stored(answer, asked), isRefused: true };
    }
  }
}

/** A dry run writes nothing, and may take longer than a transaction does. */
function isRead({ method, query }: Request): boolean {
  return method === 'GET' || method === 'HEAD' || query.dryRun === 'true';
}

function stored({ status, headers, body }: GivenAnswer, asked: string) {
  return { fingerprint: asked, status, headers, body: typeof body === 'string' ? Buffer.from(body) : body };
}

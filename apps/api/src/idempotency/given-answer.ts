import type { StoredAnswer } from '@app/store';
import type { Response } from 'express';
import { Problem, PROBLEM_CONTENT_TYPE, problemDocument } from '../problem.js';
import { conflict } from '../problems.js';

/** An answer as it goes out: what is stored under a key is exactly this. */
export interface GivenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export const JSON_CONTENT = { 'Content-Type': 'application/json; charset=utf-8' } as const;

export function problemAnswer(problem: Problem, requestId: string): GivenAnswer {
  const headers = { ...problem.headers, 'Content-Type': PROBLEM_CONTENT_TYPE, 'Cache-Control': 'no-store' };
  return { status: problem.status, headers, body: JSON.stringify(problemDocument(problem, requestId)) };
}

/** Refusals that say how things stand: a repeated call is told the same. Others may do better when tried again. */
export function isWorthKeeping({ status }: Problem): boolean {
  return status === 404 || status === 409 || status === 412 || status === 422;
}

/** What was answered under the key. @throws Problem 422 where something else was asked under it. */
export function replayed(answer: StoredAnswer, fingerprint: string): GivenAnswer {
  if (answer.fingerprint !== fingerprint) throw otherRequest();
  return { ...answer, headers: { ...answer.headers, 'Idempotent-Replayed': 'true' } };
}

export function send(response: Response, { status, headers, body }: GivenAnswer): void {
  response.status(status).set(headers);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.set('Content-Length', String(bytes.length)).end(bytes);
}

/** 409: the first call with the key has not been answered. */
export function inProgress(): Problem {
  return conflict('idempotency.in_progress', 'A call with this Idempotency-Key is under way: ask again shortly.');
}

function otherRequest(): Problem {
  const code = 'idempotency.key_reused';
  const detail = 'This Idempotency-Key was used for another request: a new request needs a new key.';
  return new Problem({ status: 422, code, title: 'Key reused', detail });
}

/** An answer that is to be sent as it is: not an error, but what leaves a handler's way before it is run. */
export class AnswerAsStored extends Error {
  constructor(readonly answer: GivenAnswer) {
    super('answered before');
  }
}

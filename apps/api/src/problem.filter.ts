import { type ArgumentsHost, Catch, type ExceptionFilter, Logger, NotFoundException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { allowedMethods, type RoutedApplication } from './allowed-methods.js';
import { AnswerAsStored, send } from './idempotency/given-answer.js';
import { type Problem, PROBLEM_CONTENT_TYPE, problemDocument } from './problem.js';
import { problemOf } from './problem-of.js';
import { methodNotAllowed } from './problems.js';
import { requestId } from './request-id.js';

/**
 * Which HTTP status a failure gets: every error that leaves a handler, a guard, a pipe, a middleware or the router ends
 * here and becomes `application/problem+json`. Failures of ours (5xx) are logged with their stack; none of it is sent.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    if (error instanceof AnswerAsStored) return send(response, error.answer);
    const problem = unroutedMethod(error, request) ?? problemOf(error);
    if (problem.status >= 500) this.log(error, problem, requestId(request));
    // The answer has begun (a stream): cutting it is the only way left to say that it is not whole.
    if (response.headersSent) return void response.destroy();
    writeProblem(request, response, problem);
  }

  private log(error: unknown, problem: Problem, id: string): void {
    const cause = problem === error && problem.cause !== undefined ? problem.cause : error;
    const stack = cause instanceof Error ? cause.stack : String(cause);
    if (problem.status === 503) this.logger.warn({ msg: problem.detail, requestId: id, cause: stack });
    else this.logger.error({ msg: problem.title, requestId: id, cause: stack });
  }
}

/** 405 where the router's 404 is about the method only. Nest's own exception: handlers throw ours. */
function unroutedMethod(error: unknown, request: Request): Problem | undefined {
  if (!(error instanceof NotFoundException)) return undefined;
  const allowed = allowedMethods(request.app as unknown as RoutedApplication, request.path);
  return allowed.length > 0 && !allowed.includes(request.method) ? methodNotAllowed(allowed) : undefined;
}

/** Sends `problem` as the answer to `request`. */
function writeProblem(request: Request, response: Response, problem: Problem): void {
  const id = requestId(request);
  const body = Buffer.from(JSON.stringify(problemDocument(problem, id)));
  response.statusCode = problem.status;
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
  response.setHeader('X-Request-Id', id);
  response.setHeader('Content-Type', PROBLEM_CONTENT_TYPE);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Length', body.length);
  response.end(body);
}

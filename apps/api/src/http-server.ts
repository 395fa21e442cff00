import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import { answerClientError, answerConnect } from './client-error.js';

export interface HttpLimits {
  /** The request line and headers must be here within this time. */
  readonly headersTimeoutMs: number;
  /** The whole request, body included. */
  readonly requestTimeoutMs: number;
  /** How often the two are looked at: the error of both. */
  readonly checkIntervalMs: number;
  /** Idle connections: longer than the 60 s of usual load balancers, so that they and not we close first. */
  readonly keepAliveTimeoutMs: number;
  /** Request line and headers together. */
  readonly maxHeaderBytes: number;
  /** How long requests that are being answered may go on once a shutdown has begun. */
  readonly shutdownDeadlineMs: number;
}

export const HTTP_LIMITS: HttpLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  checkIntervalMs: 1_000,
  keepAliveTimeoutMs: 65_000,
  maxHeaderBytes: 16 * 1024,
  shutdownDeadlineMs: 10_000,
};

/** How often connections that have become idle are closed while a shutdown waits for the others. */
const IDLE_SWEEP_MS = 25;

/** Stops accepting, lets the requests in hand finish until the deadline, then cuts the rest. */
function drain(server: Server, deadlineMs: number): Promise<void> {
  // Answers that go on for as long as the caller listens are to be ended by whoever gives them.
  server.emit('draining');
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    server.close(() => {
      clearTimeout(deadline);
      clearInterval(sweep);
      resolve();
    });
  });
}

/** Nest's Express adapter on a server with limits, which Nest creates without any. */
export class BoundedExpressAdapter extends ExpressAdapter {
  private drained: Promise<void> | undefined;
  /** Who gets requests; until somebody is put before it, Express. */
  private listener: RequestListener = (request, response) => this.getInstance<RequestListener>()(request, response);

  constructor(private readonly limits: HttpLimits = HTTP_LIMITS) {
    super();
  }

  override initHttpServer(): void {
    const options: ServerOptions = {
      headersTimeout: this.limits.headersTimeoutMs,
      requestTimeout: this.limits.requestTimeoutMs,
      connectionsCheckingInterval: this.limits.checkIntervalMs,
      keepAliveTimeout: this.limits.keepAliveTimeoutMs,
      maxHeaderSize: this.limits.maxHeaderBytes,
      requireHostHeader: false, // the application answers for it, with a body that says what is wrong
    };
    const server = createServer(options, (request, response) => this.listener(request, response));
    server.on('clientError', answerClientError);
    server.on('connect', answerConnect);
    // An Expect that means nothing to us is passed over, as RFC 9110 allows; Node would answer it with an empty 417.
    server.on('checkExpectation', this.getInstance<RequestListener>());
    this.setHttpServer(server);
  }

  /** Puts a listener before the one there is, which it gets to hand on what it does not answer. */
  answerFirst(listener: (next: RequestListener) => RequestListener): void {
    this.listener = listener(this.listener);
  }

  /** First step of Nest's shutdown: modules are destroyed, and pools closed, only after the last answer. */
  override async beforeClose(): Promise<void> {
    super.beforeClose();
    this.drained ??= drain(this.getHttpServer() as Server, this.limits.shutdownDeadlineMs);
    await this.drained;
  }

  override async close(): Promise<undefined> {
    await this.beforeClose();
    return undefined;
  }
}

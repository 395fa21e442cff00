import { performance } from 'node:perf_hooks';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Logger } from 'pino';
import { REQUEST_LOG } from '../logging.js';
import { requestId } from '../request-id.js';

/** Seconds. The what-if aims at a millisecond; an import may take a minute. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

type Observe = (seconds: number) => void;

interface RoutedRequest {
  /** Express' own, once it has found one. */
  route?: { readonly path?: string };
  isWatched?: true;
}

/** Counts and times every request, and logs it: the one listener on every answer does both. */
@Injectable()
export class RequestMetrics implements OnApplicationShutdown {
  readonly registry = new Registry();
  private readonly durations: Histogram;
  /** By method, route and status: prom-client's own look-up by labels costs more than the observation. */
  private readonly observers = new Map<string, Observe>();

  constructor(@Inject(REQUEST_LOG) private readonly log: Logger) {
    collectDefaultMetrics({ register: this.registry });
    this.durations = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the request line to the end of the answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS,
      registers: [this.registry],
    });
  }

  onApplicationShutdown(): void {
    this.registry.clear();
  }

  /**
   * Begins timing `request`, once; the end of `response`, whole or cut off, is counted and logged. `pattern`: of the route
   * where it is known already.
   */
  watch(request: IncomingMessage & RoutedRequest, response: ServerResponse, pattern?: string): void {
    if (request.isWatched === true) return;
    request.isWatched = true;
    const startMs = performance.now();
    response.on('close', () => {
      // The pattern, never the path: an id in a label would make a time series of its own.
      const route = request.route?.path ?? pattern ?? 'unmatched';
      this.observe(request, response, route, performance.now() - startMs);
    });
  }

  private observe(request: IncomingMessage, response: ServerResponse, route: string, durationMs: number): void {
    const method = request.method ?? '';
    // 499: the caller hung up.
    const status = response.writableFinished ? response.statusCode : 499;
    this.observer(method, route, status)(durationMs / 1000);
    // A line for every answer is expensive at thousands a second: below `debug` only our own failures get one.
    const level = status >= 500 ? 'warn' : 'debug';
    if (!this.log.isLevelEnabled(level)) return;
    this.log[level]({ method, route, status, durationMs, requestId: requestId(request) }, 'request');
  }

  private observer(method: string, route: string, status: number): Observe {
    const key = `${method} ${status} ${route}`;
    let observe = this.observers.get(key);
    if (observe === undefined) {
      const child = this.durations.labels(method, route, String(status));
      this.observers.set(key, (observe = (seconds) => child.observe(seconds)));
    }
    return observe;
  }
}

import type { Server } from 'node:http';
import { type DynamicModule, type INestApplication, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, NestFactory } from '@nestjs/core';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { AuthGuard } from './auth/auth.guard.js';
import { KeyCache } from './auth/key-cache.js';
import { KEY_STORE, type KeyStore } from './auth/key-store.js';
import type { Configuration } from './config.js';
import { HealthController } from './health/health.controller.js';
import { BoundedExpressAdapter, HTTP_LIMITS, type HttpLimits } from './http-server.js';
import { BodyGuard } from './json-body/body.guard.js';
import { jsonLogger, PinoLoggerService, REQUEST_LOG } from './logging.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { RequestMetrics } from './metrics/request-metrics.js';
import { ProblemFilter } from './problem.filter.js';
import { badRequest } from './problems.js';
import { requestId } from './request-id.js';
import { setSecurityHeaders } from './security-headers.js';
import { DtoPipe } from './validation/dto.pipe.js';

export interface ApplicationOptions {
  readonly configuration: Configuration;
  /** Providers of the tokens KEY_STORE and READINESS; their factories may inject what `features` export. */
  readonly providers: readonly Provider[];
  /** The module of the service's own resources. */
  readonly features: Type | DynamicModule;
  readonly limits?: Partial<HttpLimits>;
}

/** The class behind the dynamic module that wraps the features in the shell. */
class ApplicationShell {}

function shell({ providers, features }: ApplicationOptions, log: Logger): DynamicModule {
  return {
    module: ApplicationShell,
    imports: [features],
    controllers: [HealthController, MetricsController],
    providers: [
      ...providers,
      { provide: REQUEST_LOG, useValue: log },
      RequestMetrics,
      { provide: KeyCache, inject: [KEY_STORE], useFactory: (store: KeyStore) => new KeyCache(store) },
      { provide: APP_FILTER, useClass: ProblemFilter },
      // In this order: who is calling, then what they sent.
      { provide: APP_GUARD, useClass: AuthGuard },
      { provide: APP_GUARD, useClass: BodyGuard },
      { provide: APP_PIPE, useClass: DtoPipe },
    ],
  };
}

/**
 * What happens to every request before its route is looked for. One middleware: each costs a turn of Express' router.
 * NUL in a path or query would reach the database as text that it refuses; bodies are scanned for it where they are read.
 */
function entry(metrics: RequestMetrics): RequestHandler {
  return (request, response, next) => {
    metrics.watch(request, response);
    response.setHeader('X-Request-Id', requestId(request));
    setSecurityHeaders(request, response);
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      return next(badRequest('http.host_missing', 'A request of HTTP/1.1 needs a Host.'));
    }
    if (!request.url.includes('%00')) return next();
    next(badRequest('request.nul_character', 'The character NUL (%00) is not allowed in a URL.'));
  };
}

/**
 * The service, ready to listen: shell and features, nothing started yet. `await app.listen(port, host)` starts it,
 * `await app.close()` stops accepting, finishes what is being answered (10 s at most) and then destroys the modules.
 */
export async function createApplication(options: ApplicationOptions): Promise<INestApplication<Server>> {
  const adapter = new BoundedExpressAdapter({ ...HTTP_LIMITS, ...options.limits });
  const log = jsonLogger(options.configuration.logLevel);
  const app = await NestFactory.create<INestApplication<Server>>(shell(options, log), adapter, {
    bodyParser: false, // BodyGuard reads bodies
    abortOnError: false, // a failure to start is thrown, not a silent exit
    logger: new PinoLoggerService(log),
  });
  adapter.disable('x-powered-by');
  adapter.set('etag', false); // resources have versions of their own; hashing every answer costs more than it saves
  app.use(entry(app.get(RequestMetrics)));
  return app;
}

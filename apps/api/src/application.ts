import type { Server } from 'node:http';
import { type DynamicModule, type INestApplication, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, NestFactory } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { AuthGuard } from './auth/auth.guard.js';
import type { Configuration } from './config.js';
import { HealthController } from './health/health.controller.js';
import { BoundedExpressAdapter, HTTP_LIMITS, type HttpLimits } from './http-server.js';
import { BodyGuard } from './json-body/body.guard.js';
import { jsonLogger, PinoLoggerService } from './logging.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { RequestMetrics } from './metrics/request-metrics.js';
import { ProblemFilter } from './problem.filter.js';
import { badRequest } from './problems.js';
import { answerRequestId } from './request-id.js';
import { securityHeaders } from './security-headers.js';
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

function shell({ providers, features }: ApplicationOptions): DynamicModule {
  return {
    module: ApplicationShell,
    imports: [features],
    controllers: [HealthController, MetricsController],
    providers: [
      ...providers,
      RequestMetrics,
      { provide: APP_FILTER, useClass: ProblemFilter },
      // In this order: who is calling, then what they sent.
      { provide: APP_GUARD, useClass: AuthGuard },
      { provide: APP_GUARD, useClass: BodyGuard },
      { provide: APP_PIPE, useClass: DtoPipe },
    ],
  };
}

/** NUL in a path or query reaches the database as text that it refuses. Bodies are scanned for it where they are read. */
function refuseNul(request: Request, _response: Response, next: NextFunction): void {
  if (!request.url.includes('%00')) return next();
  next(badRequest('request.nul_character', 'The character NUL (%00) is not allowed in a URL.'));
}

/**
 * The service, ready to listen: shell and features, nothing started yet. `await app.listen(port, host)` starts it,
 * `await app.close()` stops accepting, finishes what is being answered (10 s at most) and then destroys the modules.
 */
export async function createApplication(options: ApplicationOptions): Promise<INestApplication<Server>> {
  const adapter = new BoundedExpressAdapter({ ...HTTP_LIMITS, ...options.limits });
  const logger = new PinoLoggerService(jsonLogger(options.configuration.logLevel));
  const app = await NestFactory.create<INestApplication<Server>>(shell(options), adapter, {
    bodyParser: false, // BodyGuard reads bodies
    abortOnError: false, // a failure to start is thrown, not a silent exit
    logger,
  });
  adapter.disable('x-powered-by');
  adapter.set('etag', false); // resources have versions of their own; hashing every answer costs more than it saves
  app.use(answerRequestId);
  app.use(app.get(RequestMetrics).middleware);
  app.use(securityHeaders);
  app.use(refuseNul);
  return app;
}

import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Request, RequestHandler, Response } from 'express';
import * as swaggerUi from 'swagger-ui-express';
import { DEMO_SCRIPT } from './demo-script.js';
import { openApiDocument } from './openapi.js';

const DEMO_SCRIPT_PATH = '/docs/demo-script.js';

/**
 * The console at /docs and the document at /openapi.json. On the demo, with a button for each of its keys. The document is
 * made for the first who asks for it: it takes a tenth of a start.
 */
export function mountConsole(app: INestApplication, demo: boolean): void {
  let made: OpenAPIObject | undefined;
  const document = (): OpenAPIObject => (made ??= openApiDocument(app));
  // Whoever opens the bare address in a browser is looking for the console.
  app.use((request: Request, response: Response, next: () => void) => {
    if (request.path !== '/' || request.method !== 'GET') return next();
    response.redirect('/docs');
  });
  app.use('/openapi.json', documentAsJson(document));
  if (demo) {
    app.use(DEMO_SCRIPT_PATH, (_request: Request, response: Response) => {
      response.type('text/javascript; charset=utf-8').send(DEMO_SCRIPT);
    });
  }
  app.use('/docs', ...consolePage(document, demo));
}

function documentAsJson(document: () => OpenAPIObject): RequestHandler {
  let text: string | undefined;
  return (request, response, next) => {
    if (request.path !== '/' || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    response.type('application/json; charset=utf-8').send((text ??= JSON.stringify(document())));
  };
}

function consolePage(document: () => OpenAPIObject, demo: boolean): RequestHandler[] {
  let page: RequestHandler | undefined;
  const setUp: RequestHandler = (_request, _response, next) => {
    page ??= swaggerUi.setup(document(), {
      customSiteTitle: 'Marginal',
      ...(demo && { customJs: DEMO_SCRIPT_PATH }),
      swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, tryItOutEnabled: true },
    });
    next();
  };
  return [setUp, ...swaggerUi.serve, (request, response, next) => page!(request, response, next)];
}

import type { INestApplication } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as swaggerUi from 'swagger-ui-express';
import { DEMO_SCRIPT } from './demo-script.js';
import { openApiDocument } from './openapi.js';

const DEMO_SCRIPT_PATH = '/docs/demo-script.js';

/** The console at /docs and the document at /openapi.json. On the demo, with a button for each of its keys. */
export function mountConsole(app: INestApplication, demo: boolean): void {
  const document = openApiDocument(app);
  const text = JSON.stringify(document);
  // Whoever opens the bare address in a browser is looking for the console.
  app.use((request: Request, response: Response, next: () => void) => {
    if (request.path !== '/' || request.method !== 'GET') return next();
    response.redirect('/docs');
  });
  app.use('/openapi.json', (request: Request, response: Response, next: () => void) => {
    if (request.path !== '/' || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    response.type('application/json; charset=utf-8').send(text);
  });
  if (demo) {
    app.use(DEMO_SCRIPT_PATH, (_request: Request, response: Response) => {
      response.type('text/javascript; charset=utf-8').send(DEMO_SCRIPT);
    });
  }
  app.use(
    '/docs',
    swaggerUi.serve,
    swaggerUi.setup(document, {
      customSiteTitle: 'Marginal',
      ...(demo && { customJs: DEMO_SCRIPT_PATH }),
      swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, tryItOutEnabled: true },
    }),
  );
}

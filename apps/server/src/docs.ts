import type { INestApplication } from '@nestjs/common';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { STYLE } from './page/style.js';

/** Swagger UI sets styles and data images in its own page; everything comes from this server. */
const docsPolicy = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
});

/** Nothing that Express answers outside the docs is a page. */
const apiPolicy = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
});

const isDocs = (path: string): boolean => path === '/docs' || path.startsWith('/docs/');

/** Security headers for all that Express answers; must stand before its routes. */
export const securityHeaders = (request: Request, response: Response, next: NextFunction): void =>
  (isDocs(request.path) ? docsPolicy : apiPolicy)(request, response, next);

interface ShownOperation {
  get(name: 'method'): string;
}

/** Runs in the reader's browser, so it must stand alone. */
const byHarm = (one: ShownOperation, other: ShownOperation): number =>
  Number(one.get('method') === 'delete') - Number(other.get('method') === 'delete');

/** Swagger UI at `/docs`, from the package's own files, and the document at `/openapi.json`. */
export function serveDocs(app: INestApplication, document: OpenAPIObject): void {
  // Written once: a megabyte that anybody may ask for must not be made while events wait. And kept
  // once: the page makes a document of it for whoever asks for that first.
  const json = Buffer.from(JSON.stringify(document));
  app.getHttpAdapter().get('/openapi.json', (_request: Request, response: Response) => {
    response.type('application/json').send(json);
  });
  SwaggerModule.setup('docs', app, () => JSON.parse(json.toString()) as OpenAPIObject, {
    raw: false,
    customSiteTitle: 'Footfall: the contract',
    customCss: STYLE,
    swaggerOptions: {
      validatorUrl: null,
      docExpansion: 'list',
      defaultModelsExpandDepth: 0,
      persistAuthorization: true,
      tryItOutEnabled: true,
      displayRequestDuration: true,
      // What takes something away is tried last.
      operationsSorter: byHarm,
    },
  });
}

import { compileChecks } from '#libs/contracts';
import {
  type Config,
  Door,
  DoorAdapter,
  Metrics,
  ProblemFilter,
  StrictBody,
  strictValidation,
  timeRequests,
} from '#libs/platform';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { securityHeaders, serveDocs } from './docs.js';
import { openApiOf } from './open-api.js';
import { tellVersion } from './build-info.js';

/**
 * Builds the application with its doors, ready to listen. Nothing is asked of the database, so a
 * sender is answered within a second or two whatever PostgreSQL does.
 */
export async function buildServer(
  config: Config,
  logger: LoggerService,
): Promise<NestExpressApplication> {
  const adapter = new DoorAdapter({ maxConnections: config.MAX_CONNECTIONS });
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config), adapter, {
    logger,
    abortOnError: false,
    bodyParser: false, // StrictBody reads what the doors do not
  });
  tellVersion(app.get(Metrics));
  app.disable('x-powered-by');
  app.use(securityHeaders);
  app.use(timeRequests(app.get(Metrics)));
  app.useGlobalInterceptors(new StrictBody());
  app.useGlobalPipes(strictValidation());
  app.useGlobalFilters(new ProblemFilter());
  const document = openApiOf(app);
  if (config.DOCS) serveDocs(app, document);
  app.get(Door).open(compileChecks(document));
  return app;
}

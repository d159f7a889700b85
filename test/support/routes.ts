import { declaredEndpoints } from '#libs/platform';
import { ModulesContainer } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from '../../apps/server/src/page/operations.js';
import type { TestFootfall } from './footfall.js';

interface Layer {
  readonly route?: {
    readonly path: string | readonly string[];
    readonly methods: Readonly<Record<string, boolean>>;
  };
}

/**
 * Every way into a running application, as `GET /offers/{offerId}`: what it publishes, what its
 * router serves beside that, and the doors in front of it with their other spellings.
 */
export async function routesOf(footfall: TestFootfall): Promise<readonly string[]> {
  const published = (await footfall.get('/openapi.json')).body as OpenAPIObject;
  const routes = [
    ...operationsOf(published).map(({ name }) => name),
    ...servedBy(footfall),
    ...doorsOf(footfall),
  ];
  return [...new Set(routes)];
}

function servedBy({ footfall: { app } }: TestFootfall): string[] {
  const { router } = app.getHttpAdapter().getInstance() as { router: { stack: readonly Layer[] } };
  return router.stack.flatMap(({ route }) => {
    const paths = route === undefined ? [] : [route.path].flat();
    const methods = Object.keys(route?.methods ?? {});
    return methods.flatMap((method) => paths.map((path) => nameOf(method, path)));
  });
}

/** Express spells a parameter `:id`, and marks its escapes. */
const nameOf = (method: string, path: string): string =>
  `${method.toUpperCase()} ${path.replaceAll('\\', '').replace(/:(\w+)/g, '{$1}')}`;

const doorsOf = ({ footfall: { app } }: TestFootfall): string[] =>
  declaredEndpoints(app.get(ModulesContainer)).flatMap(({ options }) => {
    const { paths, aliases = [], batch } = options;
    return [...paths, ...aliases, ...(batch ? [batch.path] : [])].map((path) => `POST /${path}`);
  });

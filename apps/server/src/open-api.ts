import { USER_ROLES } from '#libs/access';
import { addBatchDoors, declaredEndpoints, exampleProblem, ProblemDocument } from '#libs/platform';
import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, getSchemaPath, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { arrange } from './page/arrange.js';
import { showBreaches } from './page/breaches.js';
import { GUIDE } from './page/guide.js';
import { operationsOf } from './page/operations.js';
import { addSamples } from './page/samples.js';

const rolesInWords = Object.entries(USER_ROLES)
  .map(([role, { scopes }]) => `${role} (\`${scopes.join('`, `')}\`)`)
  .join(', ');

const head = () =>
  new DocumentBuilder()
    .setTitle('Footfall')
    .setVersion('1')
    .setDescription(GUIDE)
    .addBearerAuth({
      type: 'http',
      description:
        'A key of Footfall’s. The first start shows the administrator’s, and keeps it in ' +
        '`.data/admin.key`. The token of a user is taken too, and its role says what it may: ' +
        `${rolesInWords}. Paste it as it is, without "Bearer".`,
    })
    .build();

/** The published contract, from the declarations of the running application. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, head(), {
    extraModels: [ProblemDocument],
    operationIdFactory: (controller, method) => `${method}${controller.replace(/Controller$/, '')}`,
  });
  const endpoints = declaredEndpoints(app.get(ModulesContainer)).map(({ options }) => options);
  addBatchDoors(document, endpoints);
  showBreaches(document, endpoints);
  for (const { paths } of endpoints) tellApart(document, paths);
  nameOperations(document);
  typeProblems(document);
  addSamples(document);
  arrange(document);
  return document;
}

/** Nest publishes every answer as plain JSON; problems are served under a type of their own. */
function typeProblems(document: OpenAPIObject): void {
  const problem = getSchemaPath(ProblemDocument);
  for (const { operation } of operationsOf(document)) {
    for (const [status, answer] of Object.entries(operation.responses)) {
      const json = answer && 'content' in answer ? answer.content?.['application/json'] : undefined;
      if (!json?.schema || !('$ref' in json.schema) || json.schema.$ref !== problem) continue;
      const example = exampleProblem(Number(status));
      Object.assign(answer!, { content: { 'application/problem+json': { ...json, example } } });
    }
  }
}

/** A door with several paths is explained at the first of them. */
function tellApart({ paths }: OpenAPIObject, [first, ...others]: readonly string[]): void {
  for (const path of others) {
    const post = paths[`/${path}`]?.post;
    if (!post) continue;
    post.summary = `The same door as POST /${first}`;
    post.description = `Everything that is said of \`POST /${first}\` holds here too.`;
  }
}

/** Swagger numbers a handler's paths inside the name: `record[1]Checkout` becomes `recordCheckout2`. */
function nameOperations(document: OpenAPIObject): void {
  for (const { operation } of operationsOf(document)) {
    operation.operationId = operation.operationId?.replace(
      /^(.*)\[(\d+)\](.*)$/,
      (_, method: string, index: string, rest: string) =>
        `${method}${rest}${index === '0' ? '' : Number(index) + 1}`,
    );
  }
}

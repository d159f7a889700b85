import { addBatchDoors, declaredEndpoints, exampleProblem, ProblemDocument } from '#libs/platform';
import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, getSchemaPath, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const DESCRIPTION = `
A first-party event collector: front ends and back ends post events, none that was acknowledged
is lost, and none of them disturbs a checkout.

**Answers of the doors.** \`204\`: the event survives a crash of this server. \`202\`: taken, not
kept; that is our fault and counted, so do not retry for its sake. \`400\`: the event breaks the
contract and will never be taken as it is; \`breaches\` names each field. \`413\`, \`415\`: too large,
or not \`application/json\` in UTF-8.

**Retries.** Send the same \`eventId\` and \`timestamp\` again as often as you like: the event is
stored once, and answered like the first time.

**Unknown fields** are ignored at the doors; administrative endpoints refuse them.

**Keys.** Everything but the doors, health and this page asks for
\`Authorization: Bearer <key>\`; the first start makes an administrator's key.
`.trim();

const head = () =>
  new DocumentBuilder()
    .setTitle('Footfall')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .addBearerAuth({ type: 'http', description: 'A key that Footfall made.' })
    .addTag('Events', 'For front ends and back ends: send events.')
    .addTag('Stored events', 'For administrators: what became of them.')
    .addTag('Offers', 'For administrators: which product and producer an offer stands for.')
    .addTag('Operation', 'For operators: health and figures.')
    .build();

/** The published contract, from the declarations of the running application. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, head(), {
    extraModels: [ProblemDocument],
    operationIdFactory: (controller, method) => `${method}${controller.replace(/Controller$/, '')}`,
  });
  const endpoints = declaredEndpoints(app.get(ModulesContainer)).map(({ options }) => options);
  addBatchDoors(document, endpoints);
  nameOperations(document);
  typeProblems(document);
  return document;
}

const operationsOf = ({ paths }: OpenAPIObject) =>
  Object.values(paths).flatMap(({ get, put, post, delete: remove }) =>
    [get, put, post, remove].filter((operation) => operation !== undefined),
  );

/** Nest publishes every answer as plain JSON; problems are served under a type of their own. */
function typeProblems(document: OpenAPIObject): void {
  const problem = getSchemaPath(ProblemDocument);
  for (const { responses } of operationsOf(document)) {
    for (const [status, answer] of Object.entries(responses)) {
      const json = answer && 'content' in answer ? answer.content?.['application/json'] : undefined;
      if (!json?.schema || !('$ref' in json.schema) || json.schema.$ref !== problem) continue;
      const example = exampleProblem(Number(status));
      Object.assign(answer!, { content: { 'application/problem+json': { ...json, example } } });
    }
  }
}

/** Swagger numbers a handler's paths inside the name: `record[1]Checkout` becomes `recordCheckout2`. */
function nameOperations(document: OpenAPIObject): void {
  for (const operation of operationsOf(document)) {
    operation.operationId = operation.operationId?.replace(
      /^(.*)\[(\d+)\](.*)$/,
      (_, method: string, index: string, rest: string) =>
        `${method}${rest}${index === '0' ? '' : Number(index) + 1}`,
    );
  }
}

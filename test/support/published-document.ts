import { withoutMappings } from '#libs/contracts';
import { declaredEndpoints, type EndpointOptions, loadConfig } from '#libs/platform';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { AppModule } from '../../apps/server/src/app.module.js';
import { openApiOf } from '../../apps/server/src/open-api.js';
import { operationsOf, type PublishedOperation } from '../../apps/server/src/page/operations.js';
import type { TestFootfall } from './footfall.js';
import { until } from './until.js';

const application = NestFactory.create(AppModule.forRoot(loadConfig({})), {
  preview: true,
  logger: false,
});

/** What the application publishes, without starting it. */
export const publishedDocument = async (): Promise<OpenAPIObject> => openApiOf(await application);

type Kept = EndpointOptions<unknown>['answers']['kept'];

/** What each door, but for those of batches, declares as the answer to an event that is kept. */
export async function keptAnswers(): Promise<ReadonlyMap<string, Kept>> {
  const doors = declaredEndpoints((await application).get(ModulesContainer));
  return new Map(
    doors.flatMap(({ options: { paths, answers } }) =>
      paths.map((path) => [`POST /${path}`, answers.kept] as const),
    ),
  );
}

/**
 * The statuses that grant a wish: at a door that of an event that is kept, since others of the two
 * hundreds stand for a loss there; elsewhere whatever is published as a success.
 */
export function grantingStatuses(
  { name, operation }: PublishedOperation,
  kept: ReadonlyMap<string, Kept>,
): string[] {
  const ofDoor = kept.get(name)?.status;
  const successes = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
  return ofDoor === undefined ? successes : [String(ofDoor)];
}

interface Example {
  readonly value: unknown;
}

export interface Media {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, Example>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  readonly schema?: { readonly example?: unknown };
}

/** Something that a reader can execute as it stands. */
export interface PublishedRequest {
  readonly title: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly type?: string;
  readonly body?: unknown;
  readonly parameters: readonly { name: string; in: string; example: unknown }[];
}

export const mediaOf = (part: unknown): [string, Media][] =>
  Object.entries((part as { content?: Record<string, Media> } | undefined)?.content ?? {});

export const examplesOf = ({ example, examples = {} }: Media): [string, unknown][] => [
  ...(example === undefined ? [] : [['the example', example] as [string, unknown]]),
  ...Object.entries(examples).map(([name, { value }]) => [name, value] as [string, unknown]),
];

export const parametersOf = ({ operation }: PublishedOperation): Parameter[] =>
  (operation.parameters ?? []) as Parameter[];

/** All requests that a document fills in, an example each, in the order of the page. */
export function requestsOf(document: OpenAPIObject, order: readonly string[]): PublishedRequest[] {
  const known = new Map(operationsOf(document).map((each) => [each.name, each]));
  return order.flatMap((name) => {
    const published = known.get(name);
    return published ? requestsTo(published) : [];
  });
}

function requestsTo(published: PublishedOperation): PublishedRequest[] {
  const { name, path, operation } = published;
  const parameters = parametersOf(published).flatMap(({ name: parameter, in: where, ...rest }) => {
    const example = rest.example ?? rest.schema?.example;
    return example === undefined ? [] : [{ name: parameter, in: where, example }];
  });
  const [method = ''] = name.split(' ');
  const request = { operation: name, method, path, parameters };
  if (!operation.requestBody) return [{ ...request, title: name }];
  return mediaOf(operation.requestBody).flatMap(([type, media]) =>
    examplesOf(media).map(([which, body]) => ({
      ...request,
      title: `${name}, ${type}, ${which}`,
      type,
      body,
    })),
  );
}

/** Validates values against schemas of the document. */
export function validatorOf(document: OpenAPIObject): (schema: object) => ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, discriminator: true });
  formats.default(ajv);
  ajv.addSchema({
    $id: 'openapi',
    components: asJsonSchema(withoutMappings(document.components ?? {})),
  });
  return (schema) => ajv.compile(asJsonSchema(schema) as object);
}

/** OpenAPI's `nullable` also stands beside an `allOf`, where JSON Schema has no such word. */
function asJsonSchema(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(asJsonSchema);
  if (typeof part !== 'object' || part === null) return part;
  const { nullable, $ref, ...rest } = part as { nullable?: unknown; $ref?: string };
  const fields = Object.entries(rest).map(([name, value]) => [name, asJsonSchema(value)] as const);
  const schema = { ...Object.fromEntries(fields), ...($ref && { $ref: `openapi${$ref}` }) };
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/**
 * The only ids that a page which nobody used yet cannot fill in: a reader takes one from the list
 * above. Answers them by operation and parameter.
 */
export async function unknowable(
  operation: string,
  footfall: TestFootfall,
): Promise<Readonly<Record<string, string>>> {
  if (/^\w+ \/keys\/\{id\}/.test(operation)) {
    return { id: (await footfall.makeKey(['admin'])).id };
  }
  if (operation !== 'GET /rejected-events/{id}') return {};
  let id: string | undefined;
  await until('an event is rejected', async () => {
    const { body } = await footfall.asAdmin('get', '/rejected-events');
    id = (body as { items: { id: string }[] }).items[0]?.id;
    return id !== undefined;
  });
  return { id: id! };
}

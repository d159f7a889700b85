import type { OpenAPIObject } from '@nestjs/swagger';
import type { Caller } from '../access/caller.js';
import { ANONYMOUS } from '../access/caller.js';
import { BATCH_LIMIT, NO_ARRAY } from './batch-doorway.js';
import { BREACHES_SCHEMA, jsonOf, refusalsOf, securityOf } from './document-endpoint.js';
import type { BatchOptions, EndpointOptions } from './endpoint-options.js';

type Paths = OpenAPIObject['paths'];
type Operation = NonNullable<Paths[string]['post']>;

const RESULTS_SCHEMA = {
  type: 'object',
  required: ['results'],
  properties: {
    results: {
      type: 'array',
      description: 'One verdict an event, in order.',
      items: {
        type: 'object',
        required: ['eventId', 'verdict'],
        properties: {
          eventId: { type: 'string', nullable: true },
          verdict: {
            type: 'string',
            enum: ['accepted', 'rejected', 'skipped', 'failed'],
            description:
              '`accepted`: it survives a crash. `rejected`: it breaks the contract. `skipped`: not kept by a privacy signal. `failed`: our fault, send it again.',
          },
          breaches: BREACHES_SCHEMA.properties.breaches,
        },
      },
    },
  },
};

/**
 * Adds the batch doors to a document. They are no handlers of their own, so that Swagger does not
 * see them. Expects the document of the application that declares `endpoints`.
 */
export function addBatchDoors(
  document: OpenAPIObject,
  endpoints: readonly EndpointOptions<unknown>[],
): void {
  for (const endpoint of endpoints) {
    if (!endpoint.batch) continue;
    const single = document.paths[`/${endpoint.paths[0]}`]?.post;
    const path = `/${endpoint.batch.path}`;
    const post = batchOperation(endpoint, endpoint.batch, single) as Operation;
    document.paths[path] = { ...document.paths[path], post };
  }
}

const BROKEN_BATCH = {
  description: 'It is no array. What an event in it breaks is said by its verdict.',
  breach: NO_ARRAY,
};

function batchOperation(
  endpoint: EndpointOptions<unknown>,
  batch: BatchOptions,
  single: Operation | undefined,
): object {
  const most = mostOf(batch);
  const refusals = refusalsOf(endpoint, BATCH_LIMIT, BROKEN_BATCH).map(
    ({ status, schema, example, ...answer }) => [
      status,
      { ...answer, ...(schema && { content: jsonOf(schema, example) }) },
    ],
  );
  const items = { $ref: `#/components/schemas/${endpoint.contract.name}` };
  return {
    operationId: `${single?.operationId ?? endpoint.name}Batch`,
    summary: `${endpoint.summary}: many at once`,
    description:
      batch.description ??
      `At most ${most} events and ${BATCH_LIMIT} bytes. A bad event never spoils its neighbours.`,
    ...(single?.tags && { tags: single.tags }),
    security: securityOf(endpoint),
    parameters: [],
    requestBody: {
      required: true,
      content: jsonOf({ type: 'array', maxItems: most, items }, exampleBatch(endpoint, batch)),
    },
    responses: {
      200: {
        description: 'Judged, each by itself.',
        content: jsonOf(RESULTS_SCHEMA, batch.example?.answered),
      },
      ...Object.fromEntries(refusals),
    },
  };
}

/** The declared one, else a few of the contract's own examples: one made from its schema would hold forbidden fields too. */
function exampleBatch(
  { examples = {} }: EndpointOptions<unknown>,
  { example }: BatchOptions,
): readonly object[] | undefined {
  if (example) return example.sent;
  const few = Object.values(examples).slice(0, 2);
  return few.length === 0 ? undefined : few.map(({ value }) => value);
}

/** What the most trusted caller may send at once. */
function mostOf({ most }: BatchOptions): number {
  const trusted = (kind: Caller['kind']): Caller => ({ kind, id: '', scopes: ['admin'] });
  return Math.max(...[ANONYMOUS, trusted('user'), trusted('key')].map(most));
}

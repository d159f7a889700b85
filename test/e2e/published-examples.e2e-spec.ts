import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { CONTENTS } from '../../apps/server/src/page/contents.js';
import { operationsOf } from '../../apps/server/src/page/operations.js';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';
import {
  grantingStatuses,
  keptAnswers,
  mediaOf,
  publishedDocument,
  type PublishedRequest,
  requestsOf,
  unknowable,
  validatorOf,
} from '../support/published-document.js';

const document = await publishedDocument();
const order = CONTENTS.flatMap(({ operations }) => operations);
const requests = requestsOf(document, order);
const validator = validatorOf(document);

const known = new Map(operationsOf(document).map((each) => [each.name, each]));
const kept = await keptAnswers();

/** Whether the wish was granted; where losses have the status of what is kept, the body tells. */
function isGranted(name: string, status: number, body: unknown): boolean {
  const schema = kept.get(name)?.schema;
  const isAsKept = schema === undefined || validator(schema)(body);
  return isAsKept && grantingStatuses(known.get(name)!, kept).includes(String(status));
}

interface List {
  readonly items: readonly unknown[];
}

type Method = 'get' | 'put' | 'delete' | 'post';

const responseOf = (name: string, status: number): unknown =>
  known.get(name)?.operation.responses[status];

/** Where an answer is not as it is published; a status that is not published is one such place. */
function misfitsOf(operation: string, status: number, type: string, body: unknown): unknown[] {
  const response = responseOf(operation, status);
  if (response === undefined) return [`${status} is not published`];
  const published = mediaOf(response);
  if (published.length === 0) return type === '' ? [] : [`${type} is not published`];
  const media = published.find(([each]) => each === type);
  if (!media) return [`${type} is not published`];
  if (type !== 'application/json') return [];
  const validate = validator(media[1].schema!);
  validate(body);
  return validate.errors ?? [];
}

describe('the examples of the published contract, from top to bottom', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  async function execute(request: PublishedRequest): Promise<Response> {
    const taken = await unknowable(request.operation, footfall);
    const query: Record<string, string> = {};
    let { path } = request;
    for (const { name, in: where, example } of request.parameters) {
      const value = taken[name] ?? String(example);
      if (where === 'query') query[name] = value;
      else path = path.replace(`{${name}}`, encodeURIComponent(value));
    }
    const test = footfall.asAdmin(request.method.toLowerCase() as Method, path).query(query);
    if (request.type === undefined) return test;
    const { type, body } = request;
    return test.set('content-type', type).send(typeof body === 'string' ? body : (body as object));
  }

  it('are there for every operation', () => {
    const exampled = new Set(requests.map(({ operation }) => operation));

    expect([...exampled].toSorted()).toEqual(
      operationsOf(document)
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  it.each(requests.map((request) => [request.title, request] as const))(
    'work as they stand, and are answered as published: %s',
    async (_title, request) => {
      const { status, type, body, text } = await execute(request);

      expect(isGranted(request.operation, status, body) ? 'granted' : `${status}: ${text}`).toBe(
        'granted',
      );
      expect(misfitsOf(request.operation, status, type, body)).toEqual([]);
    },
  );

  it.each(
    requests
      .filter(({ operation }) => operation.endsWith('/batch'))
      .map((request) => [request.operation, request] as const),
  )('are judged as the page says, event by event: %s', async (operation, batch) => {
    const [[, published] = []] = mediaOf(responseOf(operation, 200));

    const { body } = await execute(batch);

    expect(body).toEqual(published?.example);
  });

  it.each([
    ...['checkout', 'tracking', 'analytics', 'commerce'].flatMap((contract) =>
      [`GET /events/${contract}`, `GET /events/${contract}/{eventId}/receipt`].map(
        (operation) => [operation, (body: List) => body.items.length] as const,
      ),
    ),
    ['GET /rejected-events', (body: List) => body.items.length],
    ['GET /rejected-events/counts', (body: { totals: unknown[] }) => body.totals.length],
    ['GET /dashboards/checkout/summary', (body: { sessions: number }) => body.sessions],
  ])('leave something to see behind: %s', async (operation, seen) => {
    const request = requests.find((each) => each.operation === operation)!;
    await footfall.written();

    // What is stored is counted a little later.
    let last = 0;
    await until('there is something to see', async () => {
      last = seen((await execute(request)).body as never);
      return last > 0;
    });

    expect(last).toBeGreaterThan(0);
  });
});

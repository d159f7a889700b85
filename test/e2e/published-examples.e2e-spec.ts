import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { TestFootfall } from '../support/footfall.js';

const DOCUMENT = JSON.parse(readFileSync('libs/contracts/openapi.json', 'utf8')) as OpenAPIObject;

interface JsonBody {
  readonly example?: object;
  readonly examples?: Record<string, { value: object }>;
}

/** What a reader sends who presses "Execute", door by door. */
const sent = Object.entries(DOCUMENT.paths)
  .filter(([, { post }]) => post?.tags?.includes('Events'))
  .flatMap(([path, { post }]) => {
    const body = post?.requestBody as { content: Record<string, JsonBody> } | undefined;
    const { example, examples = {} } = body?.content['application/json'] ?? {};
    const named = Object.entries(examples).map(([name, { value }]) => [path, name, value] as const);
    return example ? [...named, [path, 'the example', example] as const] : named;
  });

describe('the examples of the published contract', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-1');
  });
  afterAll(() => footfall.stop());

  it('stand at every door', () => {
    expect(new Set(sent.map(([path]) => path))).toEqual(
      new Set(['/events/checkout', '/api/checkout/events/checkout', '/events/checkout/batch']),
    );
  });

  it.each(sent)('are taken as they stand: %s, %s', async (_path, _name, body) => {
    const response = await footfall.post(_path, body);

    expect([200, 204]).toContain(response.status);
    const { results = [] } = response.body as { results?: { verdict: string }[] };
    expect(results.filter(({ verdict }) => verdict !== 'accepted')).toEqual([]);
  });
});

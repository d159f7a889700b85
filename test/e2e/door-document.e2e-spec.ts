import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declaredEndpoints, DoorAdapter } from '#libs/platform';
import { Module } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { type GiftApp, startGiftApp } from '../support/gift-app.js';
import { GiftController, GiftShop } from '../support/gift-contract.js';

type Operation = NonNullable<GiftApp['document']['paths'][string]['post']>;

let app: GiftApp;

beforeAll(async () => {
  app = await startGiftApp();
});
afterAll(() => app.stop());

const operationAt = (path: string): Operation => app.document.paths[path]!.post!;
const statusesAt = (path: string): number[] => Object.keys(operationAt(path).responses).map(Number);

describe('the published document', () => {
  it('shows the contract and its examples at each path', () => {
    for (const path of ['/gifts', '/v1/gifts']) {
      expect(operationAt(path)).toMatchObject({
        summary: 'Give something',
        description: 'To anybody.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/GiftDto' },
              examples: { flowers: { value: { label: 'flowers', wish: 'kept' } } },
            },
          },
        },
      });
    }
    expect(app.document.components?.schemas).toHaveProperty('GiftDto');
  });

  it('shows the answers that a declaration makes possible, and no others', () => {
    expect(statusesAt('/gifts')).toEqual([202, 400, 401, 403, 408, 413, 415, 429, 503]);
    expect(statusesAt('/wishes')).toEqual([200, 202, 400, 401, 408, 413, 415, 429, 503]);
    expect(statusesAt('/whispers')).toEqual([202, 204, 400, 408, 413, 415]);
    expect(statusesAt('/gifts/batch')).toEqual([200, 400, 401, 403, 408, 413, 415, 429, 503]);
    expect(statusesAt('/wishes/batch')).toEqual([200, 400, 401, 408, 413, 415, 429, 503]);
  });

  it('shows the declared headers and bodies of answers', () => {
    const { responses } = operationAt('/gifts');

    expect(responses[202]).toMatchObject({
      content: { 'application/json': { schema: { properties: { given: { type: 'boolean' } } } } },
    });
    expect(responses[503]).toMatchObject({
      headers: { 'Retry-After': { schema: expect.anything() } },
    });
    expect(operationAt('/whispers').responses[204]).not.toHaveProperty('content');
  });

  it('shows the batch door beside its contract', () => {
    const { requestBody, responses } = operationAt('/gifts/batch');

    expect(requestBody).toMatchObject({
      content: {
        'application/json': {
          schema: { type: 'array', maxItems: 4, items: { $ref: '#/components/schemas/GiftDto' } },
        },
      },
    });
    expect(responses[200]).toMatchObject({
      content: { 'application/json': { schema: { required: ['results'] } } },
    });
  });

  it('says who may call', () => {
    expect(operationAt('/gifts').security).toEqual([{ bearer: [] }]);
    expect(operationAt('/wishes').security).toEqual([{}, { bearer: [] }]);
    expect(operationAt('/whispers').security).toEqual([]);
  });

  it('can be written without starting anything', async () => {
    @Module({ controllers: [GiftController], providers: [GiftShop] })
    class GiftModule {}
    const preview = await NestFactory.create(GiftModule, new DoorAdapter(), {
      preview: true,
      logger: false,
    });

    const names = declaredEndpoints(preview.get(ModulesContainer)).map(
      ({ options }) => options.name,
    );

    expect(names).toEqual(['gift', 'wish', 'whisper', 'parcel']);
  });

  it('names every operation once', () => {
    const operations = Object.values(app.document.paths).flatMap((path) => Object.values(path));
    const ids = operations.flatMap(
      ({ operationId }: { operationId?: string }) => operationId ?? [],
    );

    expect(ids.length).toBeGreaterThan(6);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

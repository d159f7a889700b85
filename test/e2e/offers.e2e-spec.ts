import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import request from 'supertest';
import { ApiKeys } from '#libs/access';
import type { OfferPage, OfferView } from '#libs/contracts';
import { Database } from '#libs/database';
import { OfferDirectory } from '#libs/offers';
import { createDatabase } from '../support/postgres.mjs';
import { startRooms, stopRooms } from '../support/rooms.js';
import { until } from '../support/until.js';

/** A body that is not to be serialised again. */
const asIs = (body: unknown): string => body as string;

describe('the catalogue of offers', () => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let app: INestApplication;
  let admin: string;
  let reader: string;

  beforeAll(async () => {
    own = await createDatabase();
    app = await startRooms(own.url);
    await app.get(Database).ready();
    const keys = app.get(ApiKeys);
    admin = (await keys.create({ name: 'admin', scopes: ['admin'] })).key;
    reader = (await keys.create({ name: 'reader', scopes: ['dashboards:read'] })).key;
    await until('offers are loaded', () => app.get(OfferDirectory).isLoaded);
    await until('keys are known', async () => (await get('/offers')).status === 200);
  });
  beforeEach(() => app.get(Database).query('DELETE FROM offers'));
  afterAll(async () => {
    await stopRooms(app);
    await own.drop();
  });

  const call = (method: 'get' | 'put' | 'delete', path: string, key = admin): request.Test => {
    const http = request(app.getHttpServer() as never);
    return http[method](path).set('authorization', `Bearer ${key}`);
  };
  const get = (path: string): request.Test => call('get', path);
  const put = (path: string, body: object = aPut()): request.Test => call('put', path).send(body);
  const remove = (path: string): request.Test => call('delete', path);
  const aPut = (productId = 'product-1'): object => ({ productId, producerId: 'producer-1' });

  it('shows what was put, and answers 201 for what is new', async () => {
    const answer = await put('/offers/offer-1');

    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      offerId: 'offer-1',
      productId: 'product-1',
      producerId: 'producer-1',
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect((await get('/offers/offer-1')).body).toEqual(answer.body);
  });

  it('changes what was there, answers 200, and moves its time on', async () => {
    const { body: before } = (await put('/offers/offer-1')) as { body: OfferView };

    const answer = await put('/offers/offer-1', aPut('product-2'));

    const after = answer.body as OfferView;
    expect(answer.status).toBe(200);
    expect(after).toMatchObject({ productId: 'product-2', createdAt: before.createdAt });
    expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
  });

  it('answers the same to the same put, sent twice', async () => {
    await put('/offers/offer-1');

    const again = await put('/offers/offer-1');

    expect(again.body).toMatchObject({ productId: 'product-1', producerId: 'producer-1' });
    expect(((await get('/offers')).body as OfferPage).items).toHaveLength(1);
  });

  it('forgets a deleted offer, and takes it back when it is put again', async () => {
    await put('/offers/offer-1');

    const deleted = await remove('/offers/offer-1');
    const gone = await get('/offers/offer-1');
    const listed = await get('/offers');
    const revived = await put('/offers/offer-1');

    expect([deleted.status, gone.status, revived.status]).toEqual([204, 404, 201]);
    expect(deleted.text).toBe('');
    expect((listed.body as OfferPage).items).toEqual([]);
    expect((await get('/offers/offer-1')).status).toBe(200);
  });

  it('answers 404 as a problem document for what it does not know', async () => {
    const answers = [await get('/offers/unknown'), await remove('/offers/unknown')];

    for (const { status, body, type } of answers) {
      expect({ status, type }).toEqual({ status: 404, type: 'application/problem+json' });
      expect(body).toMatchObject({ code: 'NOT_FOUND', detail: 'There is no such offer.' });
    }
  });

  it('tells the directory of this process within two seconds', async () => {
    const directory = app.get(OfferDirectory);

    await put('/offers/offer-1', aPut('product-9'));
    const isKnown = async () => (await directory.find('offer-1'))?.productId === 'product-9';
    await until('known', isKnown, 2000);
    await remove('/offers/offer-1');
    await until('gone', async () => (await directory.find('offer-1')) === null, 2000);

    expect(directory.find('offer-1')).toBeNull();
  });

  it('pages through the offers, each once, by id', async () => {
    for (const id of ['b', 'a', 'd', 'c', 'e']) await put(`/offers/${id}`);

    const pages: string[][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await get(`/offers?limit=2${cursor && `&cursor=${cursor}`}`);
      pages.push((body as OfferPage).items.map(({ offerId }) => offerId));
      cursor = (body as OfferPage).nextCursor;
    }

    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('has no next page where the last one is full', async () => {
    for (const id of ['a', 'b']) await put(`/offers/${id}`);

    const { body } = await get('/offers?limit=2');

    expect(body).toMatchObject({ nextCursor: null });
  });

  it('lists by prefix, in which no character is special', async () => {
    for (const id of ['a%1', 'ab1', 'a_1', 'b%1']) await put(`/offers/${encodeURIComponent(id)}`);

    const { body } = await get('/offers?prefix=a%25');

    expect((body as OfferPage).items.map(({ offerId }) => offerId)).toEqual(['a%1']);
  });

  it.each([
    ['a cursor of another kind', 'get', '/offers?cursor=%21', undefined, 'cursor'],
    ['a limit of none', 'get', '/offers?limit=0', undefined, 'limit'],
    ['a misspelt filter', 'get', '/offers?prefx=a', undefined, 'prefx'],
    ['a missing product', 'put', '/offers/a', { producerId: 'p' }, 'productId'],
    ['a blank producer', 'put', '/offers/a', { productId: 'p', producerId: ' ' }, 'producerId'],
    ['an unknown field', 'put', '/offers/a', { ...aPut(), price: 1 }, 'price'],
    ['a NUL in a field', 'put', '/offers/a', aPut('a\0b'), 'productId'],
    ['a NUL in the path', 'put', '/offers/a%00', aPut(), 'offerId'],
    ['a blank id', 'put', '/offers/%20', aPut(), 'offerId'],
    ['an id that is too long', 'get', `/offers/${'a'.repeat(201)}`, undefined, 'offerId'],
  ] as const)('refuses %s and names the field', async (_, method, path, body, field) => {
    const answer = await call(method, path).send(body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'refuses the field %s like any other that it does not know',
    async (field) => {
      const sent = `{"productId":"p","producerId":"q","${field}":1}`;

      const answers = [
        await call('put', '/offers/a').type('json').send(sent),
        await get(`/offers?${field}=1`),
      ];

      for (const { status, body } of answers) {
        expect(status).toBe(400);
        expect(body).toMatchObject({ breaches: [{ field }] });
      }
    },
  );

  it.each([
    ['nested fifteen thousand times', `${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`, 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['empty', '', 400],
    ['cut off', '{"productId":"p"', 400],
    ['not UTF-8', Buffer.from('{"productId":"\xff","producerId":"q"}', 'latin1'), 400],
    ['behind a byte-order mark', `\ufeff${JSON.stringify(aPut())}`, 400],
    ['too large', JSON.stringify(aPut('p'.repeat(200_000))), 413],
  ])('refuses a body that is %s', async (_, body, status) => {
    const answer = await call('put', '/offers/a').type('json').serialize(asIs).send(body);

    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect((await get('/offers/a')).status).toBe(404);
  });

  it.each([
    ['text/plain', {}],
    ['application/x-www-form-urlencoded', {}],
    ['application/json; charset=utf-16', {}],
    ['application/json', { 'content-encoding': 'br' }],
  ])('reads no body of type %s with headers %j', async (type, headers) => {
    const text = JSON.stringify(aPut());

    const answer = await call('put', '/offers/a').type(type).set(headers).send(text);

    expect(answer.status).toBe(415);
  });

  it('counts an id by characters, and trims it as events do', async () => {
    const id = '💳'.repeat(200);

    const answer = await put(`/offers/${encodeURIComponent(` ${id} `)}`);

    expect(answer.status).toBe(201);
    expect((answer.body as OfferView).offerId).toBe(id);
  });

  it.each(['get', 'put', 'delete'] as const)('lets only an administrator %s', async (method) => {
    const without = await request(app.getHttpServer() as never)[method]('/offers/a');
    const withAnother = await call(method, '/offers/a', reader);

    expect([without.status, withAnother.status]).toEqual([401, 403]);
  });

  it('is published with its parameters and answers', () => {
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());

    const {
      put: putOffer,
      get: getOffer,
      delete: deleteOffer,
    } = document.paths['/offers/{offerId}']!;
    const [offerId] = getOffer!.parameters as { name: string; schema: object }[];
    expect(Object.keys(putOffer!.responses)).toEqual(
      expect.arrayContaining(['200', '201', '400', '401', '403', '503']),
    );
    expect(Object.keys(deleteOffer!.responses)).toEqual(expect.arrayContaining(['204', '404']));
    expect(offerId).toMatchObject({ name: 'offerId', schema: { maxLength: 200 } });
    const listed = document.paths['/offers']!.get!.parameters as { name: string }[];
    expect(listed.map(({ name }) => name).toSorted()).toEqual(['cursor', 'limit', 'prefix']);
  });
});

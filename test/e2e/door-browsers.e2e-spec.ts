import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GiftApp, startGiftApp } from '../support/gift-app.js';
import { RawConnection, rawPost } from '../support/raw-connection.js';

const PAGE = 'https://shop.example.com';

let app: GiftApp;

beforeAll(async () => {
  app = await startGiftApp();
});
afterAll(() => app.stop());

const preflight = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${app.port}${path}`, {
    method: 'OPTIONS',
    headers: { origin: PAGE, 'access-control-request-method': 'POST', ...headers },
  });

/** The headers that concern other origins, as an object. */
const crossOrigin = (headers: Iterable<[string, string]>) =>
  Object.fromEntries(
    [...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'),
  );

const FOR_THE_PAGE = {
  'access-control-allow-origin': PAGE,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'Retry-After',
  vary: 'Origin',
};

describe('a page of another origin', () => {
  it.each(['/wishes', '/wishes/batch', '/wishes?x=1'])('may post to %s', async (path) => {
    const answer = await preflight(path, { 'access-control-request-headers': 'content-type' });

    expect(answer.status).toBe(204);
    expect(crossOrigin(answer.headers)).toEqual({
      ...FOR_THE_PAGE,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, authorization',
      'access-control-max-age': '7200',
    });
  });

  it.each([
    ['a door that is not for browsers', '/gifts', {}],
    ['another method', '/wishes', { 'access-control-request-method': 'DELETE' }],
    ['a path that is no door', '/wishes/', {}],
  ])('hears nothing of %s', async (_what, path, headers) => {
    const answer = await preflight(path, headers);

    expect(answer.status).toBe(404);
    expect(crossOrigin(answer.headers)).toEqual({});
  });

  it('is not let into its private network', async () => {
    const answer = await preflight('/wishes', { 'access-control-request-private-network': 'true' });

    expect(answer.headers.has('access-control-allow-private-network')).toBe(false);
  });

  it.each([
    ['an event that is kept', '{"text":"snow"}', {}, 200],
    ['a breach', '{}', {}, 400],
    ['a media type', '{"text":"snow"}', { 'Content-Type': 'text/plain' }, 415],
    ['credentials', '{"text":"snow"}', { Authorization: 'Bearer nonsense' }, 401],
    ['keys that are away', '{"text":"snow"}', { Authorization: 'Bearer away' }, 503],
    ['a size', ' '.repeat(9_000), {}, 413],
  ])('may read the answer to %s', async (_what, body, headers, status) => {
    const line = await RawConnection.open(app.port);

    const answer = await line.send(rawPost('/wishes', body, { Origin: PAGE, ...headers })).answer();
    line.close();

    expect(answer?.status).toBe(status);
    expect(crossOrigin(Object.entries(answer?.headers ?? {}))).toEqual(FOR_THE_PAGE);
  });

  it('may have no origin that it can name', async () => {
    const answer = await preflight('/wishes', { origin: 'null' });

    expect(answer.headers.get('access-control-allow-origin')).toBe('null');
  });

  it.each(['https://a.example, https://b.example', 'https://a.example https://b.example'])(
    'is not heard under more than one origin: %s',
    async (origin) => {
      const line = await RawConnection.open(app.port);

      const answer = await line
        .send(rawPost('/wishes', '{"text":"snow"}', { Origin: origin }))
        .answer();
      line.close();

      expect(crossOrigin(Object.entries(answer?.headers ?? {}))).toEqual({ vary: 'Origin' });
    },
  );

  it('hears of no origin at a door that is not for browsers', async () => {
    const line = await RawConnection.open(app.port);
    const headers = { Origin: PAGE, Authorization: 'Bearer giver' };

    const answer = await line
      .send(rawPost('/gifts', '{"label":"a","wish":"kept"}', headers))
      .answer();
    line.close();

    expect(answer?.status).toBe(202);
    expect(crossOrigin(Object.entries(answer?.headers ?? {}))).toEqual({});
  });
});

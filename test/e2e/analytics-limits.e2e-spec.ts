import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aLicenseCreation,
  anAssetView,
  aUserToken,
  TOKEN_SECRET,
} from '../support/analytics-event.js';
import { TestFootfall } from '../support/footfall.js';

const MOST_OF_A_KEY = 600;

interface Result {
  readonly eventId: string | null;
  readonly verdict: string;
  readonly breaches?: readonly { field: string }[];
}

describe('many analytics events', () => {
  let footfall: TestFootfall;
  let key: string;

  beforeAll(async () => {
    footfall = await TestFootfall.start({
      JWT_SECRET: TOKEN_SECRET,
      ANALYTICS_KEY_RATE_LIMIT: String(MOST_OF_A_KEY),
      TRUST_PROXY: '1',
    });
    await footfall.ready();
    key = (await footfall.makeKey(['ingest:analytics'])).key;
  });
  afterAll(() => footfall.stop());

  interface Sender {
    readonly address: string;
    readonly token?: string;
  }
  let addresses = 0;
  const anAddress = (): string => `203.0.113.${++addresses}`;

  const post = (path: string, body: object, { address, token }: Sender) => {
    const request = footfall.post(path, body).set('x-forwarded-for', address);
    return token === undefined ? request : request.set('authorization', `Bearer ${token}`);
  };
  const send = (event: object, sender: Sender) => post('/events/analytics', event, sender);
  const sendAll = (events: readonly object[], sender: Sender) =>
    post('/events/analytics/batch', events, sender);
  const times = (count: number, event: () => object): object[] =>
    Array.from({ length: count }, event);
  const resultsOf = (body: unknown): readonly Result[] => (body as { results: Result[] }).results;

  describe('in a batch', () => {
    it('are judged one by one, in order', async () => {
      const sound = anAssetView({ idempotencyKey: 'batch-1' });
      const alone = await send(sound, { address: anAddress() });

      const { body } = await sendAll(
        [
          sound,
          { eventType: '' },
          aLicenseCreation(),
          [],
          { eventType: 'page_viewed', props: { text: 'a\0b' } },
          anAssetView({ source: 'system' }),
          anAssetView(),
        ],
        { address: anAddress() },
      ).expect(200);

      const results = resultsOf(body);
      expect(results.map(({ verdict }) => verdict)).toEqual([
        'accepted',
        'rejected',
        'rejected',
        'rejected',
        'rejected',
        'rejected',
        'accepted',
      ]);
      expect(results.map(({ breaches = [] }) => breaches.map(({ field }) => field))).toEqual([
        [],
        ['eventType'],
        ['eventType', 'source', 'props.revenueCents', 'props.feeCents'],
        ['body'],
        ['props'],
        ['source'],
        [],
      ]);
      expect(results[0]!.eventId).toBe((alone.body as { eventId: string }).eventId);
      expect(results.slice(1, 6).map(({ eventId }) => eventId)).toEqual(Array(5).fill(null));
    });

    it('are skipped by a privacy signal, but for those that nobody may say', async () => {
      const { body } = await sendAll([anAssetView(), aLicenseCreation()], {
        address: anAddress(),
      })
        .set('DNT', '1')
        .expect(200);

      expect(resultsOf(body)).toEqual([
        { eventId: null, verdict: 'skipped' },
        { eventId: null, verdict: 'rejected', breaches: expect.any(Array) },
      ]);
    });

    it('may all be a server’s, money and all', async () => {
      const { body } = await sendAll([aLicenseCreation(), anAssetView({ source: 'system' })], {
        address: anAddress(),
        token: key,
      }).expect(200);

      expect(resultsOf(body).map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    });

    it.each([
      ['anybody', 50, async () => undefined],
      ['a user', 100, () => aUserToken({ sub: 'sends many' })],
      ['an ingest key', 500, async () => key],
    ])('of %s may be %d, and not one more', async (_, most, token) => {
      const sender = { address: anAddress(), token: await token() };
      const event = () => ({ eventType: 'page_viewed', sessionId: `many of ${most}` });

      const tooMany = await sendAll(times(most + 1, event), sender);
      const enough = await sendAll(times(most, event), sender);

      expect([tooMany.status, enough.status]).toEqual([413, 200]);
    });
  });

  describe('in a minute', () => {
    const statusesOf = async (requests: (() => Promise<{ status: number }>)[]) => {
      const statuses = [];
      for (const request of requests) statuses.push((await request()).status);
      return statuses;
    };
    const page = (sessionId?: string) => ({ eventType: 'page_viewed', sessionId });

    it('are a hundred of a session, each of a batch counting, from wherever it comes', async () => {
      const all = times(50, () => page('busy'));

      const statuses = await statusesOf([
        () => sendAll(all, { address: anAddress() }),
        () => sendAll(all.slice(1), { address: anAddress() }),
        () => send(page('busy'), { address: anAddress() }),
        () => send(page('busy'), { address: anAddress() }),
        () => send(page('another'), { address: anAddress() }),
      ]);

      expect(statuses).toEqual([200, 200, 202, 429, 202]);
    });

    it('are told when to come again, truthfully', async () => {
      const sender = { address: anAddress() };
      await sendAll(
        times(50, () => page('waits')),
        sender,
      ).expect(200);
      await sendAll(
        times(50, () => page('waits')),
        sender,
      ).expect(200);

      const { headers, body } = await send(page('waits'), sender).expect(429);

      const seconds = Number(headers['retry-after']);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(body).toEqual({ breaches: [{ field: 'body', reason: 'comes too soon' }] });
    });

    it('are a hundred of a user, in whatever session', async () => {
      const sender = { address: anAddress(), token: await aUserToken({ sub: 'busy user' }) };
      await sendAll(
        times(99, () => anAssetView()),
        sender,
      ).expect(200);

      const statuses = await statusesOf([
        () => send(anAssetView(), { ...sender, address: anAddress() }),
        () => send(anAssetView(), { ...sender, address: anAddress() }),
      ]);

      expect(statuses).toEqual([202, 429]);
    });

    it('are a hundred of an address where they have no session', async () => {
      const sender = { address: anAddress() };
      await sendAll(
        times(50, () => page()),
        sender,
      ).expect(200);
      await sendAll(
        times(50, () => page()),
        sender,
      ).expect(200);

      const statuses = await statusesOf([
        () => send(page(), sender),
        () => send(page('with a session'), sender),
        () => send(page(), { address: anAddress() }),
      ]);

      expect(statuses).toEqual([429, 202, 202]);
    });

    it('are a thousand of an address, however many sessions it invents', async () => {
      const sender = { address: anAddress() };
      const invented = () => times(50, () => anAssetView());
      for (let i = 0; i < 20; i += 1) await sendAll(invented(), sender).expect(200);

      const statuses = await statusesOf([
        () => send(anAssetView(), sender),
        () => send(anAssetView(), { address: anAddress() }),
      ]);

      expect(statuses).toEqual([429, 202]);
    });

    it('are as many of a key as it is set, and no fewer by what it refuses', async () => {
      const { key: another } = await footfall.makeKey(['ingest:analytics']);
      const sender = { address: anAddress(), token: another };

      const statuses = await statusesOf([
        () =>
          sendAll(
            times(500, () => page('of a server')),
            sender,
          ),
        () =>
          sendAll(
            times(MOST_OF_A_KEY - 499, () => page('of a server')),
            sender,
          ),
        () =>
          sendAll(
            times(MOST_OF_A_KEY - 500, () => page('of a server')),
            sender,
          ),
        () => send(page('of a server'), sender),
      ]);

      expect(statuses).toEqual([200, 429, 200, 429]);
    });

    it('do not count where a privacy signal keeps them from being stored', async () => {
      const sender = { address: anAddress() };
      for (let i = 0; i < 3; i += 1) {
        await sendAll(
          times(50, () => page('private')),
          sender,
        )
          .set('Sec-GPC', '1')
          .expect(200);
      }

      const { status } = await send(page('private'), sender);

      expect(status).toBe(202);
    });
  });
});

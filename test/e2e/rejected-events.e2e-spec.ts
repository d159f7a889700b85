import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RejectedEventItem, RejectedEventPage, RejectedEventView } from '#libs/contracts';
import { EventLog } from '#libs/event-log';
import { WaitingEvents } from '#libs/event-writer';
import request from 'supertest';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { aReceipt, anUnresolvedRecord, aRecord } from '../support/event-writer-records.js';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

const NOW = Date.parse('2026-05-04T12:00:00Z');
const MINUTE = 60_000;

const PERSONAL = { email: 'ana@example.com', phone: '+55 11 98888-7777' };
/** Whatever of it could be found in an answer. */
const TRACES = /ana@example|ana%40example|98888|988887777|203\.0\.113|127\.0\.0\.1|Rua das Flores/;

/** As a list would give one out, whatever is in it. */
const cursor = (content: unknown): string =>
  Buffer.from(JSON.stringify(content)).toString('base64url');

describe('the rejected events', () => {
  let footfall: TestFootfall;
  /** May read events, but no personal data. */
  let reader: string;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    reader = (await footfall.makeKey(['events:read'])).key;
    await footfall.offer('offer-a');
    await giveWay();
    await refuse();
    await takeButNotStore();
    await footfall.written();
    await until(
      'the healed one is stored',
      async () => (await list('state=resolved')).length === 1,
    );
  }, 30_000);
  afterAll(() => footfall.stop());

  const append = (...records: Parameters<EventLog['append']>[0]) =>
    footfall.footfall.app.get(EventLog).append(records);

  /** More wait than may. */
  async function giveWay(): Promise<void> {
    await append(anUnresolvedRecord({ eventId: 'gave-way', offerId: 'offer-never', ...PERSONAL }));
    await footfall.written();
    await footfall.footfall.app.get(WaitingEvents).tick(new AbortController().signal, 0);
  }

  /** No more than the sample of one second. */
  async function refuse(): Promise<void> {
    const { sessionId: _, ...broken } = aCheckoutEvent({ eventId: 'broken', ...PERSONAL });
    const hidden = {
      note: `ask ${PERSONAL.email} or ${PERSONAL.phone}`,
      shipping: { address: 'Rua das Flores, 1', from: ['203.0.113.9'] },
      items: '[{"buyer_phone":"5511988887777"}]',
      page: 'https://shop.example/?email=ana%40example.com',
    };
    await footfall.post('/events/checkout', { ...broken, hidden }).expect(400);
    await footfall.post('/events/checkout', '{"eventId":').expect(400);
    await footfall
      .post('/events/checkout', aCheckoutEvent({ eventId: 'no-offer', offerId: 'offer-none' }))
      .expect(400);
    const filling = 'x'.repeat(8000);
    const long = {
      eventId: 'long',
      phone: 5511988887777,
      filling,
      more: `${PERSONAL.email} `.repeat(50),
    };
    await footfall.post('/events/checkout', long).expect(400);
  }

  async function takeButNotStore(): Promise<void> {
    const event = aCheckoutEvent({ eventId: 'twice', offerId: 'offer-a', timestamp: NOW });
    await footfall.post('/events/checkout', event).expect(204);
    await footfall.post('/events/checkout', { ...event, ...PERSONAL }).expect(204);
    await append(
      anUnresolvedRecord({ eventId: 'waits', offerId: 'offer-later', ...PERSONAL }),
      anUnresolvedRecord({ eventId: 'healed', offerId: 'offer-soon' }),
      aRecord({ eventId: 'poison', ...PERSONAL, eventDescription: 'a\0b' }),
      aRecord(
        { eventId: 'mute', ...PERSONAL },
        { receipt: aReceipt({ ipAddress: 'ana@example.com' }) },
      ),
      aRecord({ eventId: 'unheard' }, { contract: 'unheard-of' }),
    );
    await footfall.written();
    await footfall.offer('offer-soon');
  }

  const page = async (query: string): Promise<RejectedEventPage> => {
    const { body } = await footfall.asAdmin('get', `/rejected-events?${query}`).expect(200);
    return body as RejectedEventPage;
  };
  const list = async (query: string) => (await page(query)).items;
  const namesOf = (items: readonly RejectedEventItem[]) => items.map(({ eventId }) => eventId);
  /** What its sender calls `eventId`; the id of what was cut, or is of no contract, is not known. */
  const QUESTIONS: Record<string, string> = {
    long: 'state=refused&reason=breach',
    unheard: 'contract=unheard-of',
  };
  const itemOf = async (eventId: string): Promise<RejectedEventItem> => {
    const question = QUESTIONS[eventId];
    const found = await list(question ?? `eventId=${eventId}`);
    const item = question ? found.find((each) => each.eventId === null) : found[0];
    if (item === undefined) throw new Error(`${eventId} is not there`);
    return item;
  };
  const viewOf = async (eventId: string): Promise<RejectedEventView> => {
    const { id } = await itemOf(eventId);
    const { body } = await footfall.asAdmin('get', `/rejected-events/${id}`).expect(200);
    return body as RejectedEventView;
  };
  const asReader = (path: string) =>
    request(footfall.url).get(path).set('authorization', `Bearer ${reader}`);

  describe('in a list', () => {
    it('are all that is in no table, newest receipt first', async () => {
      const items = await list('');

      expect(items).toHaveLength(11);
      expect(new Set(namesOf(items))).toEqual(
        new Set([
          'broken',
          'gave-way',
          'healed',
          'mute',
          'no-offer',
          'poison',
          'twice',
          'waits',
          null,
        ]),
      );
      const times = items.map(({ receivedAt }) => Date.parse(receivedAt));
      expect(times).toEqual(times.toSorted((a, b) => b - a));
    });

    it.each([
      ['broken', 'refused', 'breach', 'yes'],
      ['waits', 'waiting', 'unknown_offer', 'by_itself'],
      ['gave-way', 'rejected', 'unknown_offer', 'yes'],
      ['twice', 'conflict', 'conflict', 'no'],
      ['poison', 'rejected', 'not_storable', 'yes'],
      ['unheard', 'rejected', 'unknown_contract', 'yes'],
      ['healed', 'resolved', 'unknown_offer', 'no'],
    ])('tell of %s that it is %s for %s, in words', async (eventId, state, reason, retryable) => {
      const item = await itemOf(eventId);

      expect(item).toMatchObject({ state, reason, retryable, attempts: 0 });
      expect(item.explanation).toMatch(/^(It|An event) .+\.$/);
      expect(item.advice).toMatch(/^(Front end|Administrator|Operator|Nobody).+\.$/);
    });

    it('tell what they wait for, what is wrong, and since when they are stored', async () => {
      expect(await itemOf('waits')).toMatchObject({ offerId: 'offer-later', resolvedAt: null });
      expect(await itemOf('broken')).toMatchObject({ breaches: [{ field: 'sessionId' }] });
      expect(await itemOf('poison')).toMatchObject({ sqlstate: '22021', breaches: [] });
      const healed = await itemOf('healed');
      expect(Date.parse(healed.resolvedAt ?? '')).toBeGreaterThanOrEqual(
        Date.parse(healed.createdAt),
      );
    });

    it('say nothing of what was sent', async () => {
      expect(await itemOf('broken')).not.toHaveProperty('payload');
    });

    it.each([
      ['state=waiting', ['waits']],
      ['state=rejected&reason=unknown_offer', ['gave-way']],
      ['reason=conflict', ['twice']],
      ['reason=not_json', [null]],
      ['offerId=offer-later', ['waits']],
      ['offerId=offer-none', ['no-offer']],
      ['eventId=healed', ['healed']],
      ['contract=checkout&state=conflict', ['twice']],
      ['state=conflict&contract=commerce', []],
      ['to=2020-01-01', []],
    ])('are found by %s', async (query, expected) => {
      expect(namesOf(await list(query))).toEqual(expected);
    });

    it('are found by their time of receipt, the beginning included and the end not', async () => {
      const { receivedAt } = await itemOf('twice');
      const after = new Date(Date.parse(receivedAt) + 1).toISOString();

      expect(namesOf(await list(`reason=conflict&from=${receivedAt}&to=${after}`))).toEqual([
        'twice',
      ]);
      expect(await list(`reason=conflict&to=${receivedAt}`)).toEqual([]);
      expect(await list(`reason=conflict&from=${after}`)).toEqual([]);
    });

    it.each([
      ['state=lost', 'state'],
      ['reason=bad_luck', 'reason'],
      ['state=', 'state'],
      ['from=yesterday', 'from'],
      ['to=2026-02-31', 'to'],
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['cursor=nonsense', 'cursor'],
      [`cursor=${cursor([NOW, 'event-1'])}`, 'cursor'],
      [`cursor=${cursor([NOW, 'a\0'])}`, 'cursor'],
      ['eventId=%00', 'eventId'],
      [`offerId=${'x'.repeat(201)}`, 'offerId'],
      [`contract=${'x'.repeat(65)}`, 'contract'],
      ['stat=refused', 'stat'],
      ['state=refused&state=waiting', 'state'],
    ])('refuse the question %s and name the field', async (query, field) => {
      const { body } = await footfall.asAdmin('get', `/rejected-events?${query}`).expect(400);

      expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
    });
  });

  describe('page by page', () => {
    const OLD = Date.parse('2026-01-10T00:00:00Z');
    /** Three of each time, so that pages end between equals. */
    const some = (prefix: string, count: number, from: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...anUnresolvedRecord({ eventId: `${prefix}-${i}`, offerId: 'offer-paged' }),
        receipt: aReceipt({ receivedAt: from + Math.trunc(i / 3) }),
      }));

    it('are each seen once, whatever comes or changes its state meanwhile', async () => {
      await append(...some('paged', 40, OLD));
      await footfall.written();
      const seen: RejectedEventItem[] = [];
      let next = '';

      do {
        const { items, nextCursor } = await page(`offerId=offer-paged&limit=7${next}`);
        seen.push(...items);
        next = nextCursor === null ? '' : `&cursor=${nextCursor}`;
        if (seen.length === 7) {
          await append(...some('newer', 10, OLD + MINUTE));
          await footfall.written();
        }
        if (seen.length === 21) {
          await footfall.offer('offer-paged');
          await until(
            'all are stored',
            async () => (await list('offerId=offer-paged&state=waiting')).length === 0,
          );
        }
      } while (next !== '');

      expect(seen).toHaveLength(40);
      expect(new Set(namesOf(seen))).toEqual(
        new Set(Array.from({ length: 40 }, (_, i) => `paged-${i}`)),
      );
      const times = seen.map(({ receivedAt }) => Date.parse(receivedAt));
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(new Set(seen.map(({ state }) => state))).toEqual(new Set(['waiting', 'resolved']));
    });

    it('end where the last page is full', async () => {
      const { items, nextCursor } = await page('reason=conflict&limit=1');

      expect(items).toHaveLength(1);
      expect(nextCursor).toBeNull();
    });
  });

  describe('one by one', () => {
    it('show what was refused as it came, with all its fields', async () => {
      const { payload, payloadText, truncated, ipAddress } = await viewOf('broken');

      expect(payload).toMatchObject({
        ...PERSONAL,
        hidden: { shipping: { from: ['203.0.113.9'] } },
      });
      expect({ payloadText, truncated, ipAddress }).toEqual({
        payloadText: null,
        truncated: false,
        ipAddress: '127.0.0.1',
      });
    });

    it('show the event and the receipt of what was taken', async () => {
      const { payload, ipAddress, userAgent, requestId } = await viewOf('poison');

      expect(payload).toMatchObject({ ...PERSONAL, eventDescription: 'a\0b' });
      expect(payload).not.toHaveProperty('receipt');
      expect({ ipAddress, userAgent, requestId }).toEqual({
        ipAddress: '203.0.113.7',
        userAgent: 'a browser',
        requestId: 'request-1',
      });
    });

    it('show the beginning of a body that was too long to be kept, and say so', async () => {
      const { payload, payloadText, truncated } = await viewOf('long');

      expect({ payload, truncated }).toEqual({ payload: null, truncated: true });
      expect(payloadText).toMatch(/^\{"eventId":"long","phone":5511988887777,/);
      expect(Buffer.byteLength(payloadText ?? '')).toBe(8192);
    });

    it('show nothing of a body of which nothing was kept', async () => {
      const [{ id } = { id: '' }] = await list('reason=not_json');

      const { body } = await footfall.asAdmin('get', `/rejected-events/${id}`).expect(200);

      expect(body).toMatchObject({ payload: null, payloadText: null, truncated: false });
    });

    it('tell PostgreSQL’s own words to a key that may read personal data', async () => {
      expect((await viewOf('mute')).detail).toMatch(/inet.*ana@example\.com/);
    });

    it('are not there where no id is', async () => {
      const id = '00000000-0000-8000-8000-000000000000';

      const { body } = await footfall.asAdmin('get', `/rejected-events/${id}`).expect(404);

      expect(body).toMatchObject({ code: 'NOT_FOUND', detail: 'There is no such rejected event.' });
    });

    it.each(['1', 'count', 'null', '%00', `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(13)}`])(
      'refuse the id %s, which is none',
      async (id) => {
        const { body } = await footfall.asAdmin('get', `/rejected-events/${id}`).expect(400);

        expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field: 'id' }] });
      },
    );
  });

  describe('for a key that may not read personal data', () => {
    it.each(['broken', 'waits', 'gave-way', 'twice', 'poison', 'mute', 'long'])(
      'show nothing personal of %s, anywhere',
      async (eventId) => {
        const { id } = await itemOf(eventId);

        const seenByAdmin = await footfall.asAdmin('get', `/rejected-events/${id}`).expect(200);
        const { text, body } = await asReader(`/rejected-events/${id}`).expect(200);

        expect(seenByAdmin.text).toMatch(TRACES);
        expect(text).not.toMatch(TRACES);
        expect(text).toContain('[masked]');
        expect(body).toMatchObject({ id, detail: null });
      },
    );

    it('show nothing personal in the list either', async () => {
      const named = anUnresolvedRecord({
        eventId: 'of ana@example.com',
        offerId: '+55 11 98888-7777',
      });
      await append(named);
      await footfall.written();

      const { text } = await asReader('/rejected-events?limit=1000').expect(200);

      expect(text).toContain('of [masked]');
      expect(text).not.toMatch(TRACES);
    });

    it('show what is not personal, so that it can still be mended', async () => {
      const { id } = await itemOf('broken');

      const { body } = await asReader(`/rejected-events/${id}`).expect(200);

      expect(body).toMatchObject({
        breaches: [{ field: 'sessionId' }],
        payload: {
          eventId: 'broken',
          eventName: 'checkout_page_view',
          timestamp: 1_700_000_000_000,
          fullHostname: 'checkout.example.com',
          email: '[masked]',
          hidden: { note: 'ask [masked] or [masked]', items: '[{"buyer_phone":"[masked]"}]' },
        },
      });
    });

    it('show of a body that was cut only what came in full', async () => {
      const { id } = await itemOf('long');

      const { body } = await asReader(`/rejected-events/${id}`).expect(200);

      const { payloadText } = body as RejectedEventView;
      expect(JSON.parse(payloadText ?? '')).toEqual({
        eventId: 'long',
        phone: '[masked]',
        filling: 'x'.repeat(8000),
      });
    });
  });

  it.each(['/rejected-events', '/rejected-events/counts', '/rejected-events/0'])(
    'are shown at %s only to a key with the scope events:read',
    async (path) => {
      const { key } = await footfall.makeKey(['dashboards:read', 'personal-data:read']);

      const withoutKey = await footfall.get(path);
      const withAnother = await footfall.get(path).set('authorization', `Bearer ${key}`);

      expect([withoutKey.status, withAnother.status]).toEqual([401, 403]);
    },
  );

  describe('counted', () => {
    const DAY = '2026-02-10';
    const counts = async (query: string) =>
      (await footfall.asAdmin('get', `/rejected-events/counts?${query}`).expect(200)).body as {
        range: { from: string; to: string };
        days: object[];
        totals: object[];
      };
    const refusal = (receivedAt: string, reason: string, contract = 'checkout') => ({
      kind: 'refusal' as const,
      contract,
      reason,
      raw: '{}',
      breaches: [],
      receipt: aReceipt({ receivedAt: Date.parse(receivedAt), requestId: receivedAt }),
    });

    beforeAll(async () => {
      await append(
        refusal('2026-02-08T23:59:59.999Z', 'breach'),
        refusal('2026-02-09T00:00:00.000Z', 'breach'),
        refusal('2026-02-09T23:59:59.999Z', 'not_json'),
        refusal('2026-02-10T00:00:00.000Z', 'breach'),
        refusal('2026-02-10T12:00:00.000Z', 'breach'),
        refusal('2026-02-10T23:59:59.999Z', 'breach', 'commerce'),
        refusal('2026-02-11T00:00:00.000Z', 'breach'),
      );
      await footfall.written();
    });

    it('are those of both days and all between, by day of UTC, state and reason', async () => {
      const { range, days, totals } = await counts(`from=2026-02-09&to=${DAY}`);

      expect(range).toMatchObject({ from: '2026-02-09', to: DAY });
      expect(days).toEqual([
        { day: DAY, state: 'refused', reason: 'breach', count: 3 },
        { day: '2026-02-09', state: 'refused', reason: 'breach', count: 1 },
        { day: '2026-02-09', state: 'refused', reason: 'not_json', count: 1 },
      ]);
      expect(totals).toEqual([
        { reason: 'breach', count: 4 },
        { reason: 'not_json', count: 1 },
      ]);
    });

    it('are those of one contract, where it is named', async () => {
      const { days } = await counts(`from=${DAY}&to=${DAY}&contract=commerce`);

      expect(days).toEqual([{ day: DAY, state: 'refused', reason: 'breach', count: 1 }]);
    });

    it('are those of the last 30 days, today included, where nobody asks', async () => {
      const today = new Date().toISOString().slice(0, 10);

      const { range, days } = await counts('');
      const { from, to } = range;

      expect([today, new Date(Date.now() - 1000).toISOString().slice(0, 10)]).toContain(to);
      expect(Date.parse(to) - Date.parse(from)).toBe(29 * 86_400_000);
      expect(days).toEqual(
        expect.arrayContaining([expect.objectContaining({ reason: 'conflict', count: 1 })]),
      );
    });

    it('are none on days on which nothing was refused', async () => {
      expect(await counts('from=2020-01-01&to=2020-01-01')).toMatchObject({ days: [], totals: [] });
    });

    it.each([
      ['from=2026-02-31', 'from'],
      ['to=2026-02-01T00:00:00Z', 'to'],
      ['from=2026-02-02&to=2026-02-01', 'from'],
      ['from=2020-01-01&to=2026-02-01', 'from'],
      ['contract=%00', 'contract'],
      ['state=refused', 'state'],
    ])('refuse the question %s and name the field', async (query, field) => {
      const { body } = await footfall
        .asAdmin('get', `/rejected-events/counts?${query}`)
        .expect(400);

      expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
    });
  });
});

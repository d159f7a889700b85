import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  type CheckoutEventDto,
  type EventReceiptView,
  RETRY_EXAMPLES,
  type RetryRejectedEventsDto,
  type RetryReport,
} from '#libs/contracts';
import { EventLog, type EventRecord } from '#libs/event-log';
import { WaitingEvents } from '#libs/event-writer';
import request from 'supertest';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { aReceipt } from '../support/event-writer-records.js';
import { eventually } from '../support/eventually.js';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

const never = new AbortController().signal;

interface Row {
  readonly id: string;
  readonly state: string;
  readonly reason: string;
  readonly attempts: number;
  readonly raw: Buffer;
}

describe('rejected events that are sent again', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  const retry = async (body: RetryRejectedEventsDto): Promise<RetryReport> => {
    const answer = await footfall.asAdmin('post', '/rejected-events/retry').send(body).expect(200);
    await footfall.written();
    return answer.body as RetryReport;
  };
  const append = async (...records: EventRecord[]): Promise<void> => {
    await footfall.footfall.app.get(EventLog).append(records);
    await footfall.written();
  };
  /** As the door refused it, unless a test says otherwise. */
  const refusal = (raw: object | string, receipt = aReceipt()): EventRecord => ({
    kind: 'refusal',
    contract: 'checkout',
    reason: 'breach',
    raw: typeof raw === 'string' ? raw : JSON.stringify(raw),
    breaches: [{ field: 'offerId', reason: 'no such offer' }],
    receipt,
  });
  const rejectedRow = async (eventId: string): Promise<Row> => {
    const rows = await footfall.query<Row>('SELECT * FROM rejected_events WHERE event_id = $1', [
      eventId,
    ]);
    expect(rows).toHaveLength(1);
    return rows[0]!;
  };
  const stored = (eventId: string) =>
    footfall.query('SELECT * FROM checkout_events WHERE event_id = $1', [eventId]);
  const receiptOf = async (eventId: string): Promise<EventReceiptView> =>
    (await footfall.asAdmin('get', `/events/checkout/${eventId}/receipt`).expect(200))
      .body as EventReceiptView;
  /** An event that was taken while its offer was unknown, and that gave way to others. */
  const gaveWay = async (event: CheckoutEventDto): Promise<Row> => {
    await append({ kind: 'event', contract: 'checkout', event, receipt: aReceipt(), offer: null });
    await footfall.footfall.app.get(WaitingEvents).tick(never, 0);
    return rejectedRow(event.eventId);
  };

  describe('refused because their offer was missing', () => {
    it('are stored once, as they came first, when it is there', async () => {
      const event = aCheckoutEvent({ offerId: 'forgotten', email: 'Ana@Example.com' });
      await footfall
        .post('/events/checkout', event)
        .set('user-agent', 'the first browser')
        .expect(400);
      // Nobody who is refused waits for his refusal to be kept.
      const refused = await eventually(() => rejectedRow(event.eventId));
      await footfall.offer('forgotten', 'product-7', 'producer-7');

      const report = await retry({ ids: [refused.id] });

      expect(report).toMatchObject({ matched: 1, retried: 1, nextCursor: null });
      expect(report.items).toEqual([
        expect.objectContaining({ id: refused.id, eventId: event.eventId, verdict: 'retried' }),
      ]);
      const [row, ...others] = await footfall.query(
        `SELECT e.*, e.received_at = r.received_at AS as_received, host(e.ip_address) AS ip
         FROM checkout_events e JOIN rejected_events r USING (event_id) WHERE event_id = $1`,
        [event.eventId],
      );
      expect(others).toEqual([]);
      expect(row).toMatchObject({
        product_id: 'product-7',
        producer_id: 'producer-7',
        email: 'ana@example.com',
        user_agent: 'the first browser',
        ip: '127.0.0.1',
        as_received: true,
      });
      expect(await rejectedRow(event.eventId)).toMatchObject({
        state: 'resolved',
        attempts: 1,
        resolved_at: expect.any(Date),
      });
      expect(await receiptOf(event.eventId)).toMatchObject({
        state: 'stored',
        items: [{ state: 'stored' }],
      });
    });

    it('by the hundred are found by a filter and stored once each', async () => {
      const events = Array.from({ length: 430 }, (_, i) =>
        aCheckoutEvent({ eventId: `many-${i}`, offerId: 'many' }),
      );
      const at = (i: number) => aReceipt({ receivedAt: 1_700_000_000_000 + (i >> 1) });
      await append(...events.map((event, i) => refusal(event, at(i))));
      await append(refusal(aCheckoutEvent({ offerId: 'other' })));
      await footfall.offer('many');
      const filter = { state: 'refused', offerId: 'many' } as const;

      const first = await retry({ filter, limit: 300 });
      const second = await retry({ filter, limit: 300, cursor: first.nextCursor! });

      expect(first).toMatchObject({ matched: 300, retried: 300, nextCursor: expect.any(String) });
      expect(second).toMatchObject({ matched: 130, retried: 130, nextCursor: null });
      const [{ rows, ids }] = (await footfall.query<{ rows: number; ids: number }>(
        `SELECT count(*)::int AS rows, count(DISTINCT event_id)::int AS ids FROM checkout_events
         WHERE offer_id = 'many'`,
      )) as [{ rows: number; ids: number }];
      expect({ rows, ids }).toEqual({ rows: 430, ids: 430 });
      const states = await footfall.query(
        `SELECT state, attempts, count(*)::int FROM rejected_events
         WHERE event_id LIKE 'many-%' GROUP BY 1, 2`,
      );
      expect(states).toEqual([{ state: 'resolved', attempts: 1, count: 430 }]);
    });

    it('are taken as soon as it is put, though it was missed a moment ago', async () => {
      const event = aCheckoutEvent({ offerId: 'just-put' });
      await append(refusal(event));
      const { id } = await rejectedRow(event.eventId);
      await retry({ ids: [id] });
      await footfall
        .asAdmin('put', '/offers/just-put')
        .send({ productId: 'product-7', producerId: 'producer-7' })
        .expect(201);

      const report = await retry({ ids: [id] });

      expect(report).toMatchObject({ retried: 1, stillRefused: 0 });
      expect(await stored(event.eventId)).toHaveLength(1);
    });

    it('are refused still where it is missing still, and nothing of them changes', async () => {
      const event = aCheckoutEvent({ offerId: 'never' });
      await append(refusal(event));
      const before = await rejectedRow(event.eventId);

      const { stillRefused, items } = await retry({ ids: [before.id] });

      expect(stillRefused).toBe(1);
      expect(items).toEqual([
        expect.objectContaining({
          eventId: event.eventId,
          verdict: 'still_refused',
          breaches: [{ field: 'offerId', reason: 'no such offer' }],
        }),
      ]);
      expect(await rejectedRow(event.eventId)).toEqual(before);
    });

    it('are judged by the whole contract, as at the door', async () => {
      const { sessionId: _, ...event } = aCheckoutEvent({ timestamp: -1 });
      await append(refusal(event));
      const { id } = await rejectedRow(event.eventId);

      const { items } = await retry({ ids: [id] });

      expect(items[0]?.breaches).toEqual([
        { field: 'sessionId', reason: 'is required' },
        { field: 'timestamp', reason: 'must be at least 0' },
      ]);
    });

    it('are stored once, though two ask for it at the same time', async () => {
      const event = aCheckoutEvent({ offerId: 'at-once' });
      await append(refusal(event));
      const { id } = await rejectedRow(event.eventId);
      await footfall.offer('at-once');

      const reports = await Promise.all([retry({ ids: [id] }), retry({ ids: [id] })]);
      await footfall.written();

      const verdicts = reports.flatMap(({ items }) => items.map(({ verdict }) => verdict));
      expect(verdicts).toContain('retried');
      expect(['retried', 'already_stored']).toEqual(expect.arrayContaining(verdicts));
      expect(await stored(event.eventId)).toHaveLength(1);
      expect(await rejectedRow(event.eventId)).toMatchObject({ state: 'resolved', attempts: 1 });
    });

    it('keep the time of their receipt, and no more is made up, where an older release kept no more', async () => {
      const event = aCheckoutEvent({ offerId: 'older' });
      await append(refusal(event));
      const { id } = await rejectedRow(event.eventId);
      await footfall.query('UPDATE rejected_events SET receipt = NULL WHERE id = $1', [id]);
      await footfall.offer('older');

      await retry({ ids: [id] });

      expect(await stored(event.eventId)).toEqual([
        expect.objectContaining({
          received_at: new Date(aReceipt().receivedAt),
          ip_address: null,
          user_agent: null,
        }),
      ]);
    });
  });

  describe('taken, but not stored', () => {
    it('are stored when the offer is there for which they gave way', async () => {
      const event = aCheckoutEvent({ offerId: 'late' });
      const { id, state } = await gaveWay(event);
      expect(state).toBe('rejected');
      await footfall.offer('late', 'product-late');

      const { retried } = await retry({ ids: [id] });

      expect(retried).toBe(1);
      expect(await stored(event.eventId)).toEqual([
        expect.objectContaining({
          product_id: 'product-late',
          received_at: new Date(aReceipt().receivedAt),
          ip_address: aReceipt().ipAddress,
          user_agent: aReceipt().userAgent,
        }),
      ]);
      expect(await rejectedRow(event.eventId)).toMatchObject({ state: 'resolved', attempts: 1 });
    });

    it('wait again where their offer is unknown still, and heal by themselves', async () => {
      const event = aCheckoutEvent({ offerId: 'later' });
      const { id } = await gaveWay(event);

      await retry({ ids: [id] });
      const waiting = await rejectedRow(event.eventId);
      const asked = await retry({ ids: [id] });
      await footfall.offer('later');
      await until('it is stored', async () => (await stored(event.eventId)).length === 1);

      expect(waiting).toMatchObject({ id, state: 'waiting', attempts: 1 });
      expect(asked).toMatchObject({ notRetryable: 1, items: [{ verdict: 'waits_by_itself' }] });
      expect(await rejectedRow(event.eventId)).toMatchObject({
        id,
        state: 'resolved',
        attempts: 1,
      });
    });

    it('come back to the row they came from, which counts each try', async () => {
      const offer = { productId: 'p', producerId: 'q' };
      const event = aCheckoutEvent({ eventId: 'poison', email: '\0' });
      await append({ kind: 'event', contract: 'checkout', event, receipt: aReceipt(), offer });
      const { id } = await rejectedRow('poison');

      await retry({ ids: [id] });
      const once = await rejectedRow('poison');
      await retry({ ids: [id] });
      const twice = await rejectedRow('poison');

      expect(once).toMatchObject({ id, state: 'rejected', sqlstate: '22021', attempts: 1 });
      expect(twice).toMatchObject({ id, state: 'rejected', sqlstate: '22021', attempts: 2 });
    });

    it('stay rejected while no writer knows their contract', async () => {
      const event = { eventId: 'of-tomorrow' };
      await append({
        kind: 'event',
        contract: 'tomorrow',
        event,
        receipt: aReceipt(),
        offer: null,
      });
      const of = { contract: 'tomorrow' };

      const report = await retry({ filter: of });

      const rows = await footfall.query(
        `SELECT * FROM rejected_events WHERE contract = 'tomorrow'`,
      );
      expect(report).toMatchObject({ matched: 1, retried: 1 });
      expect(rows).toEqual([
        expect.objectContaining({ state: 'rejected', reason: 'unknown_contract', attempts: 1 }),
      ]);
    });
  });

  describe('for nothing', () => {
    it('are told that they are in conflict, waiting, stored or not there', async () => {
      await footfall.offer('offer-1');
      const taken = aCheckoutEvent({ eventId: 'verdicts' });
      await footfall.post('/events/checkout', taken).expect(204);
      await footfall.post('/events/checkout', { ...taken, step: 'payment' }).expect(204);
      await footfall.written();
      const conflict = await rejectedRow('verdicts');
      await footfall.unresolved(aCheckoutEvent({ eventId: 'waits', offerId: 'unheard of' }));
      await footfall.written();
      const waiting = await rejectedRow('waits');
      await append(refusal(aCheckoutEvent({ eventId: 'resolves' })));
      const resolved = await rejectedRow('resolves');
      await retry({ ids: [resolved.id] });
      const unknown = randomUUID();

      const report = await retry({ ids: [conflict.id, waiting.id, resolved.id, unknown] });

      expect(report.items.map(({ id, verdict }) => [id, verdict])).toEqual([
        [conflict.id, 'not_retryable'],
        [waiting.id, 'waits_by_itself'],
        [resolved.id, 'already_stored'],
        [unknown, 'not_found'],
      ]);
      expect(report).toMatchObject({ matched: 3, retried: 0, notRetryable: 3 });
      expect(report.items.every(({ explanation }) => explanation.length > 10)).toBe(true);
      expect(await rejectedRow('verdicts')).toMatchObject({ state: 'conflict', attempts: 0 });
    });

    it('become a conflict where their key was stored with other content meanwhile', async () => {
      await footfall.offer('offer-1');
      const event = aCheckoutEvent({ eventId: 'overtaken' });
      await append(refusal(event));
      const { id } = await rejectedRow('overtaken');
      await footfall.post('/events/checkout', { ...event, step: 'payment' }).expect(204);

      await retry({ ids: [id] });

      expect(await stored('overtaken')).toHaveLength(1);
      expect(await rejectedRow('overtaken')).toMatchObject({
        id,
        state: 'conflict',
        reason: 'conflict',
        breaches: [],
        attempts: 1,
      });
    });

    it.each([
      ['only a part of it was kept', JSON.stringify(aCheckoutEvent()).slice(0, -20)],
      ['nothing of it was kept', 'null'],
      ['it is no object', '[1]'],
    ])('are told that their sender must send them, where %s', async (name, raw) => {
      const requestId = `request ${name}`;
      await append(refusal(raw, aReceipt({ requestId })));
      const [row] = await footfall.query<Row>(
        `SELECT * FROM rejected_events WHERE receipt->>'requestId' = $1`,
        [requestId],
      );

      const { items } = await retry({ ids: [row!.id] });

      expect(items).toEqual([
        expect.objectContaining({
          verdict: 'not_retryable',
          explanation: expect.stringContaining('not kept in full'),
        }),
      ]);
    });
  });

  it('are counted by verdict, beside what the doors count', async () => {
    await footfall.offer('offer-1');
    const event = aCheckoutEvent({
      email: 'secret.person@example.com',
      phone: '+55 11 98888-7777',
    });
    await append(refusal(event));
    const { id } = await rejectedRow(event.eventId);
    const appended = await footfall.figure('events_appended_total', '{contract="checkout"}');
    const labels = '{contract="checkout",verdict="retried"}';
    const before = await footfall.figure('events_retried_total', labels);

    await retry({ ids: [id, randomUUID()] });

    expect(await footfall.figure('events_retried_total', labels)).toBe(before + 1);
    expect(await footfall.figure('events_appended_total', '{contract="checkout"}')).toBe(appended);
    expect(footfall.logged('REJECTED_EVENTS_RETRIED').at(-1)).toMatchObject({
      caller: { kind: 'key', id: expect.any(String) },
      by: 'ids',
      matched: 1,
      retried: 1,
    });
    expect(footfall.lines.join('\n')).not.toMatch(/secret\.person|98888/);
  });

  describe('by a request', () => {
    const ask = (body: object | string) =>
      footfall
        .asAdmin('post', '/rejected-events/retry')
        .set('content-type', 'application/json')
        .send(body);
    const id = randomUUID();

    it('without a key are none', async () => {
      const answer = await footfall.post('/rejected-events/retry', { ids: [id] });

      expect(answer.status).toBe(401);
    });

    it('with a key that may only read are none', async () => {
      const { key } = await footfall.makeKey(['events:read', 'personal-data:read']);

      const answer = await request(footfall.url)
        .post('/rejected-events/retry')
        .set('authorization', `Bearer ${key}`)
        .send({ ids: [id] });

      expect(answer.status).toBe(403);
    });

    it.each(Object.entries(RETRY_EXAMPLES))(
      'as the page shows it are judged: %s',
      async (_, { value }) => {
        const { matched, items } = await retry(value);

        expect(items.filter(({ verdict }) => verdict !== 'not_found')).toHaveLength(matched);
      },
    );

    it.each([
      ['neither ids nor a filter', {}, 'ids'],
      ['neither, but null', { ids: null, filter: null }, 'ids'],
      ['both', { ids: [id], filter: {} }, 'ids'],
      ['no id', { ids: [] }, 'ids'],
      ['an id that is none', { ids: [id, 'event-1'] }, 'ids'],
      ['ids that are no list', { ids: id }, 'ids'],
      ['too many ids', { ids: Array.from({ length: 1001 }, () => id) }, 'ids'],
      ['a limit beside ids', { ids: [id], limit: 5 }, 'limit'],
      ['a cursor beside ids', { ids: [id], cursor: 'x' }, 'cursor'],
      ['a filter that is a list', { filter: [] }, 'filter'],
      ['a filter that is a text', { filter: 'all' }, 'filter'],
      ['a misspelt filter', { filter: { sate: 'refused' } }, 'filter.sate'],
      [
        'a filter named like what every object has',
        { filter: { constructor: 1 } },
        'filter.constructor',
      ],
      ['a state that is none', { filter: { state: 'lost' } }, 'filter.state'],
      ['a reason that is none', { filter: { reason: 'bad luck' } }, 'filter.reason'],
      ['a time that is none', { filter: { from: 'yesterday' } }, 'filter.from'],
      ['too high a limit', { filter: {}, limit: 1001 }, 'limit'],
      ['a limit of nothing', { filter: {}, limit: 0 }, 'limit'],
      ['a cursor that is none', { filter: {}, cursor: 'nonsense' }, 'cursor'],
      ['something unheard of', { ids: [id], all: true }, 'all'],
    ])('with %s are refused, and the field is named', async (_, body, field) => {
      const answer = await ask(body).expect(400);

      expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
    });
  });
});

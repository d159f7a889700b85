import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CheckoutEventDto } from '#libs/contracts';
import type { AcceptedEvent, EventRecord } from '#libs/event-log';
import { WaitingEvents } from '#libs/event-writer';
import { aReceipt, anUnresolvedRecord, aRecord } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';
import { until } from '../support/until.js';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly reason: string;
  readonly attempts: number;
  readonly raw: Buffer;
}

describe('the writer of an event that is sent again', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let running: TestWriter;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
  });
  beforeEach(async () => {
    await database.query('TRUNCATE checkout_events, rejected_events, writer_batches, offers');
    running = await startWriter(database);
    jest.spyOn(running.checkoutLog, 'persistFailed').mockReturnValue();
  });
  afterEach(() => running.stop());
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  const write = async (...records: EventRecord[]): Promise<void> => {
    await running.log.append(records);
    await running.log.drained();
  };
  const rejected = () => database.query<Row>('SELECT * FROM rejected_events ORDER BY id');
  const stored = () => database.query('SELECT * FROM checkout_events ORDER BY event_id');
  const offer = (offerId: string) =>
    database.query('INSERT INTO offers (offer_id, product_id, producer_id) VALUES ($1, $2, $3)', [
      offerId,
      'product-1',
      'producer-1',
    ]);
  /** A row as a door's refusal leaves it; answers its id. */
  const refused = async (event: Partial<CheckoutEventDto>): Promise<string> => {
    const raw = JSON.stringify(aRecord(event).event);
    const refusal = { kind: 'refusal', contract: 'checkout', reason: 'breach' } as const;
    await write({ ...refusal, raw, breaches: [], receipt: aReceipt() });
    const row = (await rejected()).find((each) => each.raw.toString() === raw);
    return row!.id;
  };
  const again = (
    id: string,
    event: Partial<CheckoutEventDto>,
    attempt = 1,
    record = aRecord(event),
  ): AcceptedEvent => ({ ...record, receipt: aReceipt({ retryOf: { id, attempt } }) });

  it('keeps of a refusal what its event is to be stored with', async () => {
    const id = await refused({ eventId: 'e', offerId: 'offer-9' });

    const [row] = await rejected();

    expect(row).toMatchObject({ id, receipt: aReceipt(), attempts: 0, offer_id: 'offer-9' });
  });

  it('keeps the receipt of a refusal even where PostgreSQL could not hold its texts', async () => {
    const raw = 'null';
    const receipt = aReceipt({ userAgent: 'a\0b\ud800' });
    const refusal = { kind: 'refusal', contract: 'checkout', reason: 'breach' } as const;

    await write({ ...refusal, raw, breaches: [], receipt });

    expect(await rejected()).toEqual([
      expect.objectContaining({ receipt: aReceipt({ userAgent: 'a\ufffdb\ufffd' }) }),
    ]);
  });

  it('resolves its row in the transaction that stores it', async () => {
    const id = await refused({ eventId: 'e' });

    await write(again(id, { eventId: 'e' }));

    const [row] = await database.query(
      `SELECT r.id, r.state, r.attempts, r.resolved_at = e.created_at AS at_once
       FROM rejected_events r, checkout_events e`,
    );
    expect(row).toEqual({ id, state: 'resolved', attempts: 1, at_once: true });
  });

  it('resolves its row where the event had come by itself meanwhile', async () => {
    const id = await refused({ eventId: 'e' });
    await write(aRecord({ eventId: 'e' }));

    await write(again(id, { eventId: 'e' }));

    expect(await stored()).toHaveLength(1);
    expect(await rejected()).toEqual([expect.objectContaining({ id, state: 'resolved' })]);
    expect(await running.figure('events_duplicate_total')).toBe(1);
  });

  it('counts a try once, however often it is delivered', async () => {
    const [good, bad] = [await refused({ eventId: 'good' }), await refused({ eventId: 'bad' })];
    const tries = [again(good, { eventId: 'good' }), again(bad, { eventId: 'bad', email: '\0' })];

    for (let times = 0; times < 3; times += 1) await write(...tries);

    expect(await stored()).toHaveLength(1);
    expect((await rejected()).toSorted((a, b) => (a.state < b.state ? -1 : 1))).toEqual([
      expect.objectContaining({ id: bad, state: 'rejected', attempts: 1 }),
      expect.objectContaining({ id: good, state: 'resolved', attempts: 1 }),
    ]);
  });

  it('changes the row that it came from where it cannot be stored, and makes no second', async () => {
    const id = await refused({ eventId: 'e' });
    const record = again(id, { eventId: 'e', email: '\0' });

    await write(record);

    const [row, ...others] = await rejected();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      id,
      state: 'rejected',
      reason: 'not_storable',
      sqlstate: '22021',
      breaches: [],
      attempts: 1,
      receipt: null,
    });
    expect(JSON.parse(String(row?.raw))).toEqual(record);
  });

  it('lets it wait in its row, and heals it there', async () => {
    const id = await refused({ eventId: 'e', offerId: 'offer-1' });
    await write(again(id, {}, 1, anUnresolvedRecord({ eventId: 'e', offerId: 'offer-1' })));
    const [waiting] = await rejected();
    await offer('offer-1');

    running.get(WaitingEvents).hasten();
    await until('it is healed', async () => (await rejected())[0]?.state === 'resolved');

    expect(waiting).toMatchObject({ id, state: 'waiting', offer_id: 'offer-1', attempts: 1 });
    expect(await rejected()).toEqual([expect.objectContaining({ id, attempts: 1 })]);
    expect(await stored()).toHaveLength(1);
  });

  it('never turns back what is resolved', async () => {
    const id = await refused({ eventId: 'e', offerId: 'offer-1' });
    const unresolved = anUnresolvedRecord({ eventId: 'e', offerId: 'offer-1' });
    await write(again(id, { eventId: 'e', offerId: 'offer-1' }));

    await write(again(id, {}, 1, unresolved), again(id, { eventId: 'e', sessionId: 'other' }, 2));

    expect(await rejected()).toEqual([
      expect.objectContaining({ id, state: 'resolved', attempts: 1 }),
    ]);
  });

  it('leaves what a later try said when an earlier one is delivered again', async () => {
    const id = await refused({ eventId: 'e' });
    await write(aRecord({ eventId: 'e', sessionId: 'came first' }));
    const first = again(id, { eventId: 'f', email: '\0' }, 1);
    const second = again(id, { eventId: 'e' }, 2);

    await write(first, second);
    await write(first);

    expect(await rejected()).toEqual([
      expect.objectContaining({ id, state: 'conflict', attempts: 2 }),
    ]);
  });

  it('takes two tries of one row in one batch', async () => {
    const id = await refused({ eventId: 'e' });
    const tries = [1, 1].map((attempt) => again(id, { eventId: 'e' }, attempt));
    const other = await refused({ eventId: 'x' });
    const unresolved = anUnresolvedRecord({ eventId: 'x', offerId: 'never' });

    await write(...tries, again(other, {}, 1, unresolved), again(other, {}, 1, unresolved));

    expect(await stored()).toHaveLength(1);
    const outcomes = (await rejected()).map(({ state, attempts }) => `${state} ${attempts}`);
    expect(new Set(outcomes)).toEqual(new Set(['resolved 1', 'waiting 1']));
  });

  it('keeps the event even where its row is no more', async () => {
    const id = randomUUID();

    await write(again(id, { eventId: 'e', email: '\0' }), again(randomUUID(), { eventId: 'f' }));

    expect(await rejected()).toEqual([
      expect.objectContaining({ id, state: 'rejected', attempts: 1 }),
    ]);
    expect(await stored()).toHaveLength(1);
  });

  it('counts every record once: stored, duplicate, conflict, rejected or waiting', async () => {
    const ids = [];
    for (const eventId of ['a', 'b', 'c', 'd']) ids.push(await refused({ eventId }));
    const [a, b, c, d] = ids as [string, string, string, string];
    await write(aRecord({ eventId: 'b' }), aRecord({ eventId: 'c', sessionId: 'came first' }));

    await write(
      again(a, { eventId: 'a' }),
      again(b, { eventId: 'b' }),
      again(c, { eventId: 'c' }),
      again(d, { eventId: 'd', email: '\0' }),
    );

    const figures = ['stored', 'duplicate', 'conflict', 'rejected'].map((name) =>
      running.figure(`events_${name}_total`),
    );
    expect(await Promise.all(figures)).toEqual([3, 1, 1, 1]);
  });

  it('is not in the way of another writer with the same events in the opposite order', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 60; i += 1) ids.push(await refused({ eventId: `e-${i}` }));
    const tries = ids.map((id, i) => again(id, { eventId: `e-${i}`, offerId: 'offer-1' }));
    const second = await startWriter(database);

    await Promise.all([running.log.append(tries), second.log.append(tries.toReversed())]);
    await Promise.all([running.log.drained(), second.log.drained()]);
    await second.stop();

    expect(await stored()).toHaveLength(60);
    expect((await rejected()).every(({ state }) => state === 'resolved')).toBe(true);
    expect(await running.figure('event_writer_retries_total')).toBe(0);
    expect(await second.figure('event_writer_retries_total')).toBe(0);
  });

  it('waits for whoever has its row, before it touches its table, so that none waits in a ring', async () => {
    const id = await refused({ eventId: 'e' });
    const blocked = `SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;

    await database.transaction(async (healing) => {
      await healing.query('SELECT FROM rejected_events WHERE id = $1 FOR UPDATE', [id]);
      await running.log.append([again(id, { eventId: 'e' })]);
      await until('the writer waits', async () => (await database.query(blocked)).length === 1);
      await healing.query(`INSERT INTO checkout_events
        (event_id, event_name, session_id, offer_id, product_id, producer_id, event_timestamp,
         execution_environment, full_hostname, root_domain, received_at)
        VALUES ('e', 'checkout_page_view', 'session-1', 'offer-1', 'product-1', 'producer-1',
         to_timestamp(1700000000), 'production', 'checkout.example.com', 'example.com', now())`);
    });
    await running.log.drained();

    expect(await running.figure('event_writer_retries_total')).toBe(0);
    expect(await running.figure('events_duplicate_total')).toBe(1);
    expect(await rejected()).toEqual([expect.objectContaining({ id, state: 'resolved' })]);
  });
});

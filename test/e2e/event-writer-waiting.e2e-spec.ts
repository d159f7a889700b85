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
import { WaitingEvents } from '#libs/event-writer';
import { anUnresolvedRecord, aRecord } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';

const never = new AbortController().signal;

describe('an event whose offer was not resolved', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let running: TestWriter;
  let waitingEvents: WaitingEvents;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
  });
  beforeEach(async () => {
    await database.query('TRUNCATE checkout_events, rejected_events, writer_batches, offers');
    running = await startWriter(database);
    waitingEvents = running.get(WaitingEvents);
  });
  afterEach(() => running.stop());
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  const write = async (...records: ReturnType<typeof aRecord>[]) => {
    await running.log.append(records);
    await running.log.drained();
  };
  const offer = (offerId: string, productId = 'product-1') =>
    database.query('INSERT INTO offers (offer_id, product_id, producer_id) VALUES ($1, $2, $3)', [
      offerId,
      productId,
      'producer-1',
    ]);
  const rows = () => database.query('SELECT * FROM checkout_events ORDER BY event_id');
  const states = async () =>
    (
      await database.query<{ state: string }>(
        'SELECT state FROM rejected_events ORDER BY created_at, event_id',
      )
    ).map(({ state }) => state);
  const until = async (condition: () => Promise<boolean>) => {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('is resolved when it is written', async () => {
    await offer('offer-1', 'product-9');

    await write(anUnresolvedRecord({ offerId: 'offer-1' }));

    expect(await rows()).toEqual([expect.objectContaining({ product_id: 'product-9' })]);
    expect(await states()).toEqual([]);
  });

  it('waits while its offer is unknown, with all that is needed to write it later', async () => {
    const record = anUnresolvedRecord({ eventId: 'e', offerId: 'offer-1' });

    await write(record, aRecord({ eventId: 'sound' }));

    expect(await rows()).toHaveLength(1);
    const [kept] = await database.query<{ raw: Buffer }>('SELECT * FROM rejected_events');
    expect(kept).toMatchObject({
      state: 'waiting',
      reason: 'unknown_offer',
      event_id: 'e',
      offer_id: 'offer-1',
    });
    expect(JSON.parse(String(kept?.raw))).toEqual(record);
  });

  it('waits for an offer that was deleted', async () => {
    await offer('offer-1');
    await database.query('UPDATE offers SET deleted_at = now()');

    await write(anUnresolvedRecord({ offerId: 'offer-1' }));

    expect(await states()).toEqual(['waiting']);
  });

  it('is written by itself when its offer appears', async () => {
    await write(anUnresolvedRecord({ eventId: 'e', offerId: 'offer-1' }));
    await until(async () => (await running.figure('events_unresolved')) === 1);

    await offer('offer-1');
    await until(async () => (await states())[0] === 'resolved');

    expect(await rows()).toEqual([
      expect.objectContaining({ event_id: 'e', product_id: 'product-1' }),
    ]);
    const [healed] = await database.query(
      `SELECT b.stored, b.least_event_time = e.event_timestamp AS bounded,
              b.created_at = e.created_at AS alike, r.resolved_at IS NOT NULL AS noted
       FROM writer_batches b, checkout_events e, rejected_events r`,
    );
    expect(healed).toEqual({ stored: 1, bounded: true, alike: true, noted: true });
    await until(async () => (await running.figure('events_unresolved')) === 0);
  });

  it('is written once when it is delivered again in any state', async () => {
    const record = anUnresolvedRecord({ offerId: 'offer-1' });
    await write(record);
    await write(record);
    expect(await states()).toEqual(['waiting']);

    await offer('offer-1');
    await write(record);
    await until(async () => !(await states()).includes('waiting'));
    await write(record);

    expect(await rows()).toHaveLength(1);
    expect(await states()).toEqual(['resolved']);
  });

  it('becomes a conflict where its key was stored with other content meanwhile', async () => {
    await write(anUnresolvedRecord({ eventId: 'e', offerId: 'offer-1', sessionId: 'waited' }));
    await write(aRecord({ eventId: 'e', offerId: 'offer-1', sessionId: 'came first' }));
    await offer('offer-1');

    await until(async () => !(await states()).includes('waiting'));

    expect(await rows()).toEqual([expect.objectContaining({ session_id: 'came first' })]);
    expect(await states()).toEqual(['conflict']);
  });

  it('does not hold others up when PostgreSQL refuses it', async () => {
    const persistFailed = jest.spyOn(running.checkoutLog, 'persistFailed').mockReturnValue();
    const many = Array.from({ length: 600 }, (_, i) =>
      anUnresolvedRecord({
        eventId: `e-${i}`,
        offerId: 'offer-1',
        ...(i === 77 && { email: '\0' }),
      }),
    );
    await write(...many);
    await offer('offer-1');

    waitingEvents.hasten();
    await until(async () => !(await states()).includes('waiting'));

    expect(await rows()).toHaveLength(599);
    const [refused, ...others] = await database.query(
      `SELECT event_id, sqlstate, state FROM rejected_events WHERE state <> 'resolved'`,
    );
    expect(others).toEqual([]);
    expect(refused).toEqual({ event_id: 'e-77', sqlstate: '22021', state: 'rejected' });
    expect(persistFailed).toHaveBeenCalledTimes(1);
  });

  it('is found by a sweep, though its offer changed long ago', async () => {
    await write(anUnresolvedRecord({ offerId: 'offer-1' }));
    await offer('offer-1');
    await database.query(`UPDATE offers SET updated_at = now() - interval '1 day'`);
    const other = await startWriter(database);

    await until(async () => (await states())[0] === 'resolved');
    await other.stop();

    expect(await rows()).toHaveLength(1);
  });

  it('gives way to newer ones where too many wait', async () => {
    const persistFailed = jest.spyOn(running.checkoutLog, 'persistFailed').mockReturnValue();
    for (const eventId of ['a', 'b', 'c', 'd', 'e']) {
      await write(anUnresolvedRecord({ eventId, offerId: 'never' }));
    }

    await waitingEvents.tick(never, 3);
    await until(async () => persistFailed.mock.calls.length === 2);

    expect(await states()).toEqual(['rejected', 'rejected', 'waiting', 'waiting', 'waiting']);
    const [oldest] = await database.query(
      `SELECT reason, detail FROM rejected_events WHERE event_id = 'a'`,
    );
    expect(oldest).toEqual({
      reason: 'unknown_offer',
      detail: 'gave way: more than 3 events wait for their offer',
    });
    expect(persistFailed).toHaveBeenCalledTimes(2);
  });

  it('is healed once by two processes that look at the same time', async () => {
    const other = await openDatabase(scratch.url);
    const second = await startWriter(other);
    await write(
      ...Array.from({ length: 400 }, (_, i) =>
        anUnresolvedRecord({ eventId: `e-${i}`, offerId: 'offer-1' }),
      ),
    );
    await offer('offer-1');

    waitingEvents.hasten();
    second.get(WaitingEvents).hasten();
    await until(async () => (await states()).every((state) => state === 'resolved'));
    await second.stop();
    await other.close();

    expect(await rows()).toHaveLength(400);
    expect(await running.figure('events_conflict_total')).toBe(0);
  });
});

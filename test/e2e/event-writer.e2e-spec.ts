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
import { aReceipt, aRecord } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';
import { RedeliveringLog } from '../support/redelivering-log.js';

const T = 1_700_000_000_000;

describe('the event writer', () => {
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
  });
  afterEach(() => running.stop());
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  const write = async (...records: Parameters<RedeliveringLog['append']>[0]) => {
    await running.log.append(records);
    await running.log.drained();
  };
  const rows = () =>
    database.query('SELECT * FROM checkout_events ORDER BY event_id, event_timestamp');
  const rejected = () =>
    database.query<{ state: string; raw: Buffer; [column: string]: unknown }>(
      'SELECT * FROM rejected_events ORDER BY event_id, state',
    );
  const batches = () => database.query('SELECT * FROM writer_batches ORDER BY id');

  describe('storing', () => {
    it('stores what was sent and what the server noted', async () => {
      await write(
        aRecord(
          {
            eventId: 'e',
            email: 'a"b\\c@d.e',
            eventDescription: 'NULL',
            step: 'payment',
            phone: '{,}',
          },
          { receipt: aReceipt({ ipAddress: '2001:db8::1', userAgent: null }) },
        ),
      );

      expect(await rows()).toEqual([
        {
          event_id: 'e',
          event_name: 'checkout_page_view',
          event_description: 'NULL',
          session_id: 'session-1',
          offer_id: 'offer-1',
          product_id: 'product-1',
          producer_id: 'producer-1',
          checkout_type: null,
          checkout_mode: null,
          step: 'payment',
          email: 'a"b\\c@d.e',
          phone: '{,}',
          payment_method: null,
          event_timestamp: new Date(T),
          execution_environment: 'production',
          full_hostname: 'checkout.example.com',
          root_domain: 'example.com',
          received_at: new Date(T + 500),
          ip_address: '2001:db8::1',
          user_agent: null,
          created_at: expect.any(Date),
          updated_at: expect.any(Date),
        },
      ]);
    });

    it('notes for projectors what one transaction stored', async () => {
      await write(
        aRecord({ eventId: 'a', timestamp: T + 2 }),
        aRecord({ eventId: 'b', timestamp: T }),
        aRecord({ eventId: 'b', timestamp: T }),
      );

      expect(await batches()).toEqual([
        expect.objectContaining({
          contract: 'checkout',
          least_event_time: new Date(T),
          greatest_event_time: new Date(T + 2),
          stored: 2,
          duplicates: 1,
          conflicts: 0,
          rejected: 0,
        }),
      ]);
      const [{ alike } = { alike: null }] = await database.query(
        'SELECT bool_and(e.created_at = b.created_at) AS alike FROM checkout_events e, writer_batches b',
      );
      expect(alike).toBe(true);
    });

    it.each([0, 4_102_444_800_000, 253_402_300_799_000])(
      'has a partition for an event of time %i',
      async (timestamp) => {
        await write(aRecord({ timestamp }));

        expect(await rows()).toEqual([
          expect.objectContaining({ event_timestamp: new Date(timestamp) }),
        ]);
      },
    );

    it('counts what it stored', async () => {
      await write(aRecord({ eventId: 'a' }), aRecord({ eventId: 'a' }), aRecord({ eventId: 'b' }));

      expect(await running.figure('events_stored_total')).toBe(2);
      expect(await running.figure('events_duplicate_total')).toBe(1);
      expect(await running.figure('event_writer_lag_seconds')).toBe(0);
    });
  });

  describe('storing many at once', () => {
    const many = (from: number, description: (i: number) => string | undefined) =>
      Array.from({ length: 200 }, (_, i) =>
        aRecord({
          eventId: `many-${String(from + i).padStart(4, '0')}`,
          eventDescription: description(i)!,
        }),
      );

    it('keeps every text as it came, whatever COPY would read in it', async () => {
      const odd = [
        '\\N',
        '\\.',
        '\t',
        'a\tb',
        'a\nb',
        'a\r\nb',
        '\\',
        '\\x41',
        '"',
        "'",
        '{}',
        'é 😀',
        '\u0001',
        'NULL',
      ];
      database.copies = 0;

      await write(...many(0, (i) => odd[i % odd.length]));

      const stored = (await rows()).map(({ event_description }) => event_description);
      expect(stored).toEqual(Array.from({ length: 200 }, (_, i) => odd[i % odd.length]));
      expect(database.copies).toBe(1);
    });

    it('stores the others where one of them was stored before, and counts alike', async () => {
      await write(...many(199, () => 'before').slice(0, 1));

      await write(...many(0, () => 'before'));

      expect(await rows()).toHaveLength(200);
      expect(await rejected()).toEqual([]);
      expect((await batches()).at(-1)).toMatchObject({ stored: 199, duplicates: 1, conflicts: 0 });
    });

    it('keeps aside the one that PostgreSQL refuses', async () => {
      const records = many(0, (i) => (i === 77 ? 'a\u0000b' : 'sound'));

      await write(...records);

      expect(await rows()).toHaveLength(199);
      expect(await rejected()).toMatchObject([{ event_id: 'many-0077', sqlstate: '22021' }]);
    });

    it('notes the same bounds of event time as for a few', async () => {
      await write(
        ...many(0, () => undefined).map((record, i) => ({
          ...record,
          event: { ...record.event, timestamp: T + i },
        })),
      );

      expect((await batches()).at(-1)).toMatchObject({
        least_event_time: new Date(T),
        greatest_event_time: new Date(T + 199),
      });
    });
  });

  describe('an event that comes again', () => {
    it('is stored once, within a batch and across batches', async () => {
      const record = aRecord({ eventId: 'e' });

      await write(record, record);
      await write(record);

      expect(await rows()).toHaveLength(1);
      expect(await rejected()).toEqual([]);
      expect(await running.figure('events_duplicate_total')).toBe(2);
    });

    it('is a duplicate, however it was received and whatever its offer has become', async () => {
      await write(aRecord({ eventId: 'e' }));
      await write(
        aRecord(
          { eventId: 'e' },
          {
            receipt: aReceipt({ ipAddress: null, userAgent: 'another', receivedAt: T + 9 }),
            offer: { productId: 'product-2', producerId: 'producer-2' },
          },
        ),
      );

      expect(await rows()).toEqual([expect.objectContaining({ product_id: 'product-1' })]);
      expect(await rejected()).toEqual([]);
    });

    it('is another event at another time', async () => {
      await write(
        aRecord({ eventId: 'e', timestamp: T }),
        aRecord({ eventId: 'e', timestamp: T + 1 }),
      );

      expect(await rows()).toHaveLength(2);
    });

    it('is kept as a conflict when its content differs, and the first wins', async () => {
      const first = aRecord({ eventId: 'e', email: 'a@b.c' });
      const second = aRecord({ eventId: 'e' });

      await write(first);
      await write(second);

      expect(await rows()).toEqual([expect.objectContaining({ email: 'a@b.c' })]);
      const [kept, ...others] = await rejected();
      expect(others).toEqual([]);
      expect(kept).toMatchObject({ state: 'conflict', reason: 'conflict', event_id: 'e' });
      expect(JSON.parse(String(kept?.raw))).toEqual(second);
      expect(await running.figure('events_conflict_total')).toBe(1);
    });

    it('is a conflict within one batch too', async () => {
      await write(
        aRecord({ eventId: 'e', sessionId: 'first' }),
        aRecord({ eventId: 'e', sessionId: 'second' }),
        aRecord({ eventId: 'e', sessionId: 'first' }),
      );

      expect(await rows()).toEqual([expect.objectContaining({ session_id: 'first' })]);
      expect(await rejected()).toEqual([expect.objectContaining({ state: 'conflict' })]);
      expect(await batches()).toEqual([
        expect.objectContaining({ stored: 1, duplicates: 1, conflicts: 1 }),
      ]);
    });

    it('is the first of a batch, however large the batch is', async () => {
      const large = await startWriter(database, new RedeliveringLog(6000));
      const said = (eventDescription: string) =>
        Array.from({ length: 2500 }, (_, i) => aRecord({ eventId: `l-${i}`, eventDescription }));
      const again = said('first').slice(0, 1); // what is stored already, undoes a COPY

      try {
        await large.log.append(again);
        await large.log.drained();
        await large.log.append([...said('first'), ...again, ...said('later')]);
        await large.log.drained();
      } finally {
        await large.stop();
      }

      const stored = await database.query(
        'SELECT event_description AS said, count(*)::int AS events FROM checkout_events GROUP BY 1',
      );
      expect(stored).toEqual([{ said: 'first', events: 2500 }]);
      expect(await rejected()).toHaveLength(2500);
    });

    it('changes nothing when a whole day is consumed again', async () => {
      const day = [
        ...Array.from({ length: 50 }, (_, i) => aRecord({ eventId: `day-${i}` })),
        aRecord({ eventId: 'day-1', sessionId: 'conflict' }),
        aRecord({ eventId: 'day-poison' }, { receipt: aReceipt({ ipAddress: 'nowhere' }) }),
        aRecord({ eventId: 'day-waiting', offerId: 'unknown' }, { offer: null }),
        aRecord({}, { contract: 'unheard-of' }),
        {
          kind: 'refusal' as const,
          contract: 'checkout',
          reason: 'breach',
          raw: '{}',
          breaches: [{ field: 'eventId', reason: 'is required' }],
          receipt: aReceipt(),
        },
      ];
      await write(...day);
      const before = [await rows(), await rejected()];

      await write(...day.toReversed(), ...day);

      expect([await rows(), await rejected()]).toEqual(before);
      expect(before[0]).toHaveLength(50);
      expect(before[1]).toHaveLength(5);
    });

    it('is stored once by two writers that get everything in opposite order', async () => {
      const other = await openDatabase(scratch.url);
      const records = Array.from({ length: 2000 }, (_, i) => aRecord({ eventId: `both-${i}` }));
      const second = await startWriter(other, new RedeliveringLog(2000));

      try {
        for (let round = 0; round < 5; round += 1) {
          await database.query('TRUNCATE checkout_events');
          await Promise.all([running.log.append(records), second.log.append(records.toReversed())]);
          await Promise.all([running.log.drained(), second.log.drained()]);
          expect(await rows()).toHaveLength(2000);
        }
      } finally {
        await second.stop();
        await other.close();
      }

      const retries = await running.figure('event_writer_retries_total');
      expect(retries + (await second.figure('event_writer_retries_total'))).toBe(0);
      expect(await rejected()).toEqual([]);
    });
  });

  describe('a row that PostgreSQL refuses', () => {
    const neighbours = () => Array.from({ length: 499 }, (_, i) => aRecord({ eventId: `n-${i}` }));
    const among = (bad: ReturnType<typeof aRecord>) => {
      const records = neighbours();
      records.splice(313, 0, bad);
      return records;
    };

    it('is kept aside with its SQLSTATE, and its 499 neighbours are stored', async () => {
      const poison = aRecord({ eventId: 'p' }, { receipt: aReceipt({ ipAddress: 'nowhere' }) });
      const persistFailed = jest.spyOn(running.checkoutLog, 'persistFailed').mockReturnValue();
      const transactionsBefore = database.transactions;

      await write(...among(poison));

      expect(await rows()).toHaveLength(499);
      const [kept, ...others] = await rejected();
      expect(others).toEqual([]);
      expect(kept).toMatchObject({
        state: 'rejected',
        reason: 'not_storable',
        event_id: 'p',
        sqlstate: '22P02',
        detail: expect.stringContaining('inet'),
      });
      expect(JSON.parse(String(kept?.raw))).toEqual(poison);
      // The whole, two halves on each of nine levels, and the row itself.
      expect(database.transactions - transactionsBefore).toBeLessThanOrEqual(1 + 2 * 9 + 1);
      expect(persistFailed).toHaveBeenCalledTimes(1);
      expect(persistFailed.mock.calls[0]?.[1]).toMatchObject({ code: '22P02' });
      expect(await running.figure('events_rejected_total')).toBe(1);
    });

    it.each([
      ['a NUL', { eventId: 'p', email: 'a\0b' }, '22021'],
      ['a NUL in its key', { eventId: 'p\0' }, '22021'],
      ['a text beyond its column', { eventId: 'p'.repeat(201) }, '22001'],
      ['a missing value', { eventId: 'p', sessionId: undefined as never }, '23502'],
      ['a time that is none', { eventId: 'p', timestamp: 1e18 }, '22007'],
    ])('may hold %s', async (_, event, sqlstate) => {
      await write(...among(aRecord(event)));

      expect(await rows()).toHaveLength(499);
      expect(await rejected()).toEqual([expect.objectContaining({ state: 'rejected', sqlstate })]);
    });

    it('may break a CHECK', async () => {
      await database.query(
        `ALTER TABLE checkout_events ADD CONSTRAINT no_teapots CHECK (session_id <> 'teapot')`,
      );
      try {
        await write(...among(aRecord({ eventId: 'p', sessionId: 'teapot' })));
      } finally {
        await database.query('ALTER TABLE checkout_events DROP CONSTRAINT no_teapots');
      }

      expect(await rows()).toHaveLength(499);
      expect(await rejected()).toEqual([
        expect.objectContaining({ state: 'rejected', sqlstate: '23514' }),
      ]);
    });

    it('may be one of several', async () => {
      const records = neighbours();
      for (const [at, eventId] of [
        [0, 'p-0'],
        [250, 'p-1'],
        [499, 'p-2'],
      ] as const) {
        records.splice(at, 0, aRecord({ eventId, email: '\0' }));
      }

      await write(...records);

      expect(await rows()).toHaveLength(499);
      expect(await rejected()).toHaveLength(3);
    });

    it('keeps its bytes, though PostgreSQL holds them nowhere as text', async () => {
      const record = aRecord({ eventId: 'e\0', email: '\ud800' });

      await write(record);

      const [kept] = await rejected();
      expect(kept?.event_id).toBeNull();
      expect(JSON.parse(String(kept?.raw))).toEqual(record);
    });

    it('is kept where an older release does not know its contract', async () => {
      const record = aRecord({ eventId: 'e' }, { contract: 'unheard-of' });

      await write(record, aRecord({ eventId: 'sound' }));

      expect(await rows()).toHaveLength(1);
      expect(await rejected()).toEqual([
        expect.objectContaining({ state: 'rejected', reason: 'unknown_contract' }),
      ]);
    });
  });

  describe('what a door refused', () => {
    it('is kept as it came, with its breaches', async () => {
      await write({
        kind: 'refusal',
        contract: 'checkout',
        reason: 'breach',
        raw: '{"eventId":"refused-1"}',
        breaches: [{ field: 'sessionId', reason: 'is required' }],
        receipt: aReceipt(),
      });

      expect(await rejected()).toEqual([
        expect.objectContaining({
          state: 'refused',
          reason: 'breach',
          event_id: 'refused-1',
          breaches: [{ field: 'sessionId', reason: 'is required' }],
          raw: Buffer.from('{"eventId":"refused-1"}'),
          received_at: new Date(T + 500),
        }),
      ]);
    });

    it('is kept where nothing of it can be read', async () => {
      await write({
        kind: 'refusal',
        contract: 'checkout',
        reason: 'not_json',
        raw: '\0\ud800{"eventId":',
        breaches: [{ field: '\0', reason: '\ud800' }],
        receipt: aReceipt(),
      });

      expect(await rejected()).toEqual([
        expect.objectContaining({ state: 'refused', reason: 'not_json', event_id: null }),
      ]);
    });
  });
});

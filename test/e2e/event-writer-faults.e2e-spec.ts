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
import { aRecord } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { type BreakablePostgres, startPostgres } from '../support/postgres.mjs';
import { RedeliveringLog } from '../support/redelivering-log.js';

/** Short, so that a server that hangs is given up within the patience of a test. */
const LIMITS = { connectMs: 1000, statementMs: 1000, answerMs: 1500, lockMs: 0 };

describe('the event writer, while PostgreSQL fails', () => {
  let postgres: BreakablePostgres;
  let database: TestDatabase;
  let running: TestWriter;

  jest.setTimeout(60_000);

  beforeAll(async () => {
    postgres = await startPostgres({ settings: ['fsync=off', 'deadlock_timeout=500ms'] });
    database = await openDatabase(postgres.url, LIMITS);
  });
  beforeEach(async () => {
    await postgres.query('TRUNCATE checkout_events, rejected_events, writer_batches');
    running = await startWriter(database, new RedeliveringLog(100));
  });
  afterEach(() => running.stop());
  afterAll(async () => {
    await database.close();
    await postgres.dispose();
  });

  const some = (count: number) =>
    Array.from({ length: count }, (_, i) => aRecord({ eventId: `e-${i}` }));
  const storedIds = async () =>
    (
      await postgres.query<{ event_id: string }>(
        'SELECT event_id FROM checkout_events ORDER BY event_id',
      )
    ).map(({ event_id }) => event_id);
  const holdersOfRows = async () =>
    (
      await postgres.query(
        `SELECT 1 FROM pg_locks WHERE relation = 'checkout_events'::regclass AND mode = 'RowExclusiveLock'`,
      )
    ).length;
  const rejected = () => postgres.query('SELECT * FROM rejected_events');
  const tried = async (times: number) => {
    while ((await running.figure('event_writer_retries_total')) < times) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const outcome = async () => ({ stored: await storedIds(), rejected: await rejected() });
  const eachStoredOnce = (count: number) => ({
    stored: Array.from({ length: count }, (_, i) => `e-${i}`).toSorted(),
    rejected: [],
  });

  it.each(['stopped', 'killed'] as const)(
    'drains at once when a server that was %s is back',
    async (how) => {
      await running.log.append(some(50));
      await running.log.drained();
      await (how === 'stopped' ? postgres.stop('immediate') : postgres.kill9());
      await running.log.append(some(1000));
      await tried(3);

      await postgres.start();
      const backAt = Date.now();
      await running.log.drained();

      expect(Date.now() - backAt).toBeLessThan(5000);
      expect(await outcome()).toEqual(eachStoredOnce(1000));
    },
  );

  it('gives up a server that hangs, and writes nothing twice when it goes on', async () => {
    await running.log.append(some(50));
    await running.log.drained();
    postgres.pause();
    await running.log.append(some(500));
    await tried(1);

    postgres.resume();
    await running.log.drained();

    expect(await outcome()).toEqual(eachStoredOnce(500));
  });

  it('waits for a lock, however long it is held', async () => {
    const released = postgres.query(
      'BEGIN; LOCK TABLE checkout_events IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(3); COMMIT',
    );
    await running.log.append(some(200));
    await tried(1);

    await released;
    await running.log.drained();

    expect(await outcome()).toEqual(eachStoredOnce(200));
  });

  it('tries again when PostgreSQL ends a deadlock at its cost', async () => {
    const insert = (eventId: string) => `
      INSERT INTO checkout_events (event_id, event_name, session_id, offer_id, product_id,
        producer_id, event_timestamp, execution_environment, full_hostname, root_domain, received_at)
      VALUES ('${eventId}', 'n', 's', 'o', 'p', 'p', to_timestamp(1700000000), 'e', 'h', 'r', now());`;
    // In the order opposite to the writer's; patient, so that the writer is the one to be ended.
    const other = postgres.query(`
      SET deadlock_timeout = '30s'; BEGIN; ${insert('e-9')} SELECT pg_sleep(0.4);
      ${insert('e-0')} ROLLBACK`);
    while ((await holdersOfRows()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    await running.log.append(some(10));
    await Promise.all([running.log.drained(), other]);

    expect(await running.figure('event_writer_retries_total')).toBeGreaterThan(0);
    expect(await outcome()).toEqual(eachStoredOnce(10));
  });

  it('stores once what the log hands over again after the commit', async () => {
    const first = running.log;
    await first.append(some(100));
    await first.drained();
    const again = await startWriter(database, new RedeliveringLog(100));

    await again.log.append(some(100));
    await again.log.drained();
    await again.stop();

    expect(await outcome()).toEqual(eachStoredOnce(100));
    expect(await again.figure('events_duplicate_total')).toBe(100);
  });

  it.each([
    [
      'a column is missing',
      'ALTER TABLE checkout_events RENAME step TO paso',
      'ALTER TABLE checkout_events RENAME paso TO step',
    ],
    [
      'the table is missing',
      'ALTER TABLE checkout_events RENAME TO gone',
      'ALTER TABLE gone RENAME TO checkout_events',
    ],
    [
      'no partition takes a row',
      'ALTER TABLE checkout_events DETACH PARTITION checkout_events_default',
      'ALTER TABLE checkout_events ATTACH PARTITION checkout_events_default DEFAULT',
    ],
  ])('halts and rejects nothing while %s', async (_, breakIt, mendIt) => {
    await postgres.query(breakIt);
    await running.log.append(some(20));
    await tried(2);
    expect(await rejected()).toEqual([]);

    await postgres.query(mendIt);
    await running.log.drained();

    expect(await outcome()).toEqual(eachStoredOnce(20));
    expect(await running.figure('events_rejected_total')).toBe(0);
  });

  it('stops at once while PostgreSQL is away, and leaves the batch in the log', async () => {
    await postgres.stop('immediate');
    await running.log.append(some(10));
    await tried(2);

    await running.stop();

    expect(running.log.length).toBe(10);
    await postgres.start();
  });

  it('finishes the batch in hand when it is stopped', async () => {
    await running.log.append(some(100));
    while (running.log.handedOver === 0) await new Promise((resolve) => setImmediate(resolve));

    await running.stop();

    expect(running.log.length).toBe(0);
    expect(await outcome()).toEqual(eachStoredOnce(100));
  });
});

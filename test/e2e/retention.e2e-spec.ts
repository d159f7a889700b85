import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import {
  AggregationLog,
  PAGE_VIEWS_DAILY,
  policyOf,
  Retention,
  RetentionRepository,
  runRetentionCommand,
} from '#libs/aggregation';
import type { RetentionPreview } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import { loadConfig } from '#libs/platform';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { aReceipt, aRecord } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { TestFootfall } from '../support/footfall.js';
import { createDatabase } from '../support/postgres.mjs';
import { aPageView } from '../support/tracking-event.js';

const NOW = new Date('2026-03-15T12:00:00Z');
/** A month before: what happened earlier, is old. */
const CUTOFF = '2026-02-15';

const POLICY = policyOf(
  loadConfig({
    RETENTION_CHECKOUT: '1',
    RETENTION_TRACKING: '1',
    RETENTION_ANALYTICS: '1',
    RETENTION_COMMERCE: '0',
  }),
);

const checkoutOn = (day: string, eventId: string, receivedOn = day): AcceptedEvent =>
  aRecord(
    { eventId, timestamp: Date.parse(`${day}T10:00:00Z`) },
    { receipt: aReceipt({ receivedAt: Date.parse(`${receivedOn}T10:00:01Z`) }) },
  );
const viewOn = (day: string, path = '/'): AcceptedEvent => ({
  kind: 'event',
  contract: 'tracking',
  event: aPageView({ timestamp: `${day}T10:00:00Z`, path }),
  receipt: aReceipt({ receivedAt: Date.parse(`${day}T10:00:01Z`) }),
  offer: null,
});

describe('retention', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let writing: TestWriter;
  let aggregation: TestAggregation;

  beforeEach(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
    aggregation = await startAggregation(database);
    writing = await startWriter(database);
  });
  afterEach(async () => {
    await writing.stop();
    await database.close();
    await scratch.drop();
  });

  const retention = (policy = POLICY) =>
    new Retention(new RetentionRepository(database), policy, new AggregationLog());
  const run = (policy = POLICY, now = NOW) =>
    retention(policy).run({ now, stop: new AbortController().signal, gone: () => undefined });
  const partition = (table: string, name: string, from: string, to: string) =>
    database.query(
      `CREATE TABLE ${table}_${name} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${to}')`,
    );
  const write = async (...records: AcceptedEvent[]) => {
    await writing.log.append(records);
    await writing.log.drained();
  };
  const count = async () => {
    await aggregation.project();
    await aggregation.rollUp();
  };
  const column = async (sql: string): Promise<unknown[]> =>
    (await database.query(sql)).map((row) => Object.values(row)[0]);
  const checkouts = () => column('SELECT event_id FROM checkout_events ORDER BY 1');
  const partitionsOf = (table: string) =>
    column(`SELECT inhrelid::regclass::text FROM pg_inherits
            WHERE inhparent = '${table}'::regclass ORDER BY 1`);
  const addKey = (key: string, day: string, createdOn = day) =>
    database.query(
      `INSERT INTO event_keys (contract, key, event_time, created_at)
       VALUES ('analytics', $1, $2, $3)`,
      [key, `${day}T10:00:00Z`, `${createdOn}T10:00:00Z`],
    );

  it('drops partitions that are old as a whole, and no others', async () => {
    await partition('checkout_events', 'p20260213', '2026-02-13', '2026-02-14');
    await partition('checkout_events', 'p20260214', '2026-02-14', CUTOFF);
    await partition('checkout_events', 'p20260215', CUTOFF, '2026-02-16');
    await write(checkoutOn('2026-02-13', 'a'), checkoutOn('2026-02-14', 'b'));
    await write(checkoutOn(CUTOFF, 'c'));

    await run();

    expect(await checkouts()).toEqual(['c']);
    expect(await partitionsOf('checkout_events')).toEqual([
      'checkout_events_default',
      'checkout_events_p20260215',
    ]);
  });

  it('leaves a partition whole that reaches beyond the time, with its keys', async () => {
    await partition('events', 'p202602', '2026-02-01', '2026-03-01');
    await addKey('in it', '2026-02-03');
    await addKey('before it', '2026-01-31');
    await addKey('after it', '2026-03-03');

    await run();

    expect(await partitionsOf('events')).toContain('events_p202602');
    expect(await column('SELECT key FROM event_keys ORDER BY 1')).toEqual(['after it', 'in it']);
  });

  it('deletes from the DEFAULT partition what is old, or was received long ago', async () => {
    await write(
      checkoutOn('2020-01-01', 'old'),
      checkoutOn('2099-01-01', 'ahead, long ago', '2026-01-01'),
      checkoutOn('2099-01-01', 'ahead', '2026-03-01'),
      checkoutOn(CUTOFF, 'young'),
    );

    await run();

    expect(await checkouts()).toEqual(['ahead', 'young']);
  });

  it('takes what stands beside events with them', async () => {
    await partition('events', 'p20260101', '2026-01-01', '2026-01-02');
    await partition('attribution', 'p20260101', '2026-01-01', '2026-01-02');
    await addKey('old', '2026-01-01');
    await addKey('ahead, long ago', '2099-01-01', '2026-01-01');
    await database.query(
      `INSERT INTO props_key_uses (key_id, day, props) VALUES ('k', '2026-01-01', 1), ('k', '${CUTOFF}', 1)`,
    );

    await run();

    expect(await partitionsOf('attribution')).toEqual(['attribution_default']);
    expect(await column('SELECT key FROM event_keys')).toEqual([]);
    expect(await column('SELECT day::text FROM props_key_uses')).toEqual([CUTOFF]);
  });

  it('deletes rejected events after their days, whatever their state', async () => {
    await database.query(`
      INSERT INTO rejected_events (id, contract, state, reason, raw, received_at)
      SELECT gen_random_uuid(), 'commerce', state, 'unknown_offer', '', day::timestamptz
      FROM unnest(ARRAY['waiting', 'refused']) AS state,
           unnest(ARRAY['2026-02-13T11:59:59Z', '2026-02-13T12:00:01Z']) AS day
    `);

    await run();

    expect(await column('SELECT DISTINCT received_at FROM rejected_events')).toEqual([
      new Date('2026-02-13T12:00:01Z'),
    ]);
  });

  it('keeps for ever what the settings say is kept for ever', async () => {
    const zero = { checkout: 0, tracking: 0, analytics: 0, commerce: 0 };
    await write(checkoutOn('2020-01-01', 'old'));
    await database.query(`
      INSERT INTO rejected_events (id, contract, state, reason, raw, received_at)
      VALUES (gen_random_uuid(), 'checkout', 'waiting', 'unknown_offer', '', '2020-01-01')
    `);

    await run({ months: zero, rejectedDays: 0 });

    expect(await checkouts()).toEqual(['old']);
    expect(await column('SELECT state FROM rejected_events')).toEqual(['waiting']);
  });

  it('leaves figures as they are, also where an event comes for a day that is gone', async () => {
    await partition('tracking_events', 'p20260101', '2026-01-01', '2026-01-02');
    await write(viewOn('2026-01-01'), viewOn('2026-01-01'), viewOn(CUTOFF));
    await count();
    const figures = () =>
      database.query('SELECT * FROM page_views_daily ORDER BY day, page, dimensions');
    const counts = () =>
      database.query('SELECT * FROM tracking_daily ORDER BY day, event_type, dimensions');
    const before = [await figures(), await counts()];

    await run();
    await write(viewOn('2026-01-01', '/late'));
    await count();
    await aggregation.recount('2026-01-01', PAGE_VIEWS_DAILY);

    expect([await figures(), await counts()]).toEqual(before);
    expect(await column('SELECT rollup FROM touched_days')).toEqual([]);
  });

  it('forgets page visits only when no question can ask for them', async () => {
    await write(viewOn('2024-12-01'), viewOn('2025-02-01'), viewOn(CUTOFF));
    await count();

    await run();

    expect(await column('SELECT DISTINCT day::text AS day FROM page_visits ORDER BY 1')).toEqual([
      '2025-02-01',
      CUTOFF,
    ]);
  });

  it('shows before what it would take, and takes nothing', async () => {
    await partition('checkout_events', 'p20260213', '2026-02-13', '2026-02-14');
    await partition('checkout_events', 'p202602rest', '2026-02-14', '2026-03-01');
    await write(checkoutOn('2026-02-13', 'a'), checkoutOn('2020-01-01', 'b'));
    await addKey('old', '2026-01-01');

    const { contracts, rejectedEvents } = await retention().preview(NOW);

    const [checkout, , analytics, commerce] = contracts;
    expect(checkout).toMatchObject({
      contract: 'checkout',
      months: 1,
      before: `${CUTOFF}T00:00:00.000Z`,
      partitions: [
        {
          name: 'checkout_events_p20260213',
          from: '2026-02-13T00:00:00.000Z',
          to: '2026-02-14T00:00:00.000Z',
          rows: 1,
        },
      ],
      defaultRows: 1,
      eventKeys: 0,
    });
    expect(checkout?.partitions[0]?.bytes).toBeGreaterThan(0);
    expect(analytics?.eventKeys).toBe(1);
    expect(commerce).toMatchObject({ months: 0, before: null, partitions: [] });
    expect(rejectedEvents).toEqual({ days: 30, before: '2026-02-13T12:00:00.000Z', rows: 0 });
    expect(await checkouts()).toEqual(['a', 'b']);
  });

  it('leaves a partition that somebody holds with its keys, takes the others, and says so', async () => {
    await partition('events', 'p20260101', '2026-01-01', '2026-01-02');
    await partition('events', 'p20260103', '2026-01-03', '2026-01-04');
    await addKey('held', '2026-01-01');
    const held = await holding('events_p20260101');

    await expect(run()).rejects.toMatchObject({ code: '55P03' });

    expect(await partitionsOf('events')).toEqual(['events_default', 'events_p20260101']);
    expect(await column('SELECT key FROM event_keys')).toEqual(['held']);

    await held.letGo();
    await run();

    expect(await partitionsOf('events')).toEqual(['events_default']);
    expect(await column('SELECT key FROM event_keys')).toEqual([]);
  }, 60_000);

  /** Somebody who reads a table in a long transaction. */
  async function holding(table: string): Promise<{ letGo(): Promise<void> }> {
    let letGo = () => {};
    const released = new Promise<void>((resolve) => (letGo = resolve));
    let isHeld = () => {};
    const taken = new Promise<void>((resolve) => (isHeld = resolve));
    const transaction = database.transaction(async (queries) => {
      await queries.query(`LOCK TABLE ${table} IN ACCESS SHARE MODE`);
      isHeld();
      await released;
    });
    await taken;
    return {
      letGo: () => {
        letGo();
        return transaction;
      },
    };
  }

  describe('as a command', () => {
    const command = async (...words: string[]) => {
      const output = new PassThrough();
      const messages = new PassThrough();
      const streams = { output, messages, stop: new AbortController().signal };
      const code = await runRetentionCommand(database, words, streams, POLICY);
      return {
        code,
        output: String(output.read() ?? ''),
        messages: String(messages.read() ?? ''),
      };
    };

    it('tells what it would remove, and removes it when told to', async () => {
      await write(checkoutOn('2020-01-01', 'old'));

      const told = await command('--dry-run');

      expect(told).toMatchObject({ code: 0, messages: '' });
      expect(told.output).toMatch(/^checkout: from before .* 1 rows of the DEFAULT partition/m);
      expect(told.output).toMatch(/^commerce: kept for ever$/m);
      expect(await checkouts()).toEqual(['old']);

      const done = await command();

      expect(done.code).toBe(0);
      expect(done.output).toMatch(/^1 rows removed\.$/m);
      expect(await checkouts()).toEqual([]);
      expect(await column("SELECT rows::int FROM job_runs WHERE job = 'retention'")).toEqual([1]);
    });

    it('does nothing beside another that is under way', async () => {
      await write(checkoutOn('2020-01-01', 'old'));
      await database.query(
        `INSERT INTO job_leases (job, run, until)
         VALUES ('retention', gen_random_uuid(), now() + interval '1 minute')`,
      );

      expect(await command()).toMatchObject({
        code: 1,
        messages: 'It is under way already, in another process.\n',
      });
      expect(await checkouts()).toEqual(['old']);
    });

    it('says how it is meant', async () => {
      expect(await command('--dry')).toMatchObject({
        code: 2,
        messages: expect.stringContaining('retention [--dry-run]'),
      });
    });
  });
});

describe('GET /jobs/retention/preview', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start({ RETENTION_TRACKING: '0' })).ready();
  });
  afterAll(() => footfall.stop());

  const PATH = '/jobs/retention/preview';

  it('shows what would go by the settings', async () => {
    const { status, body } = await footfall.asAdmin('get', PATH);

    const { contracts } = body as RetentionPreview;
    expect(status).toBe(200);
    expect(contracts.map(({ contract, months }) => [contract, months])).toEqual([
      ['checkout', 25],
      ['tracking', 0],
      ['analytics', 25],
      ['commerce', 25],
    ]);
  });

  it('is for administrators', async () => {
    const { key } = await footfall.makeKey(['dashboards:read']);

    expect((await footfall.get(PATH).set('x-api-key', key)).status).toBe(403);
  });
});

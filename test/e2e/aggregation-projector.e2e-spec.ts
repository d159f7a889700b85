import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT_FUNNEL_DAILY, CHECKOUT_SESSIONS, TidyUpRepository } from '#libs/aggregation';
import type { Queries } from '#libs/database';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { aReceipt, aRecord } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';
import { until } from '../support/until.js';

const DAY = '2026-01-05';
const noon = Date.parse(`${DAY}T12:00:00Z`);

describe('the projector', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let writing: TestWriter;
  let aggregation: TestAggregation;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
  });
  beforeEach(async () => {
    await database.query(`TRUNCATE checkout_events, rejected_events, writer_batches, touched_days,
      projector_cursors, checkout_sessions, checkout_funnel_daily, job_runs`);
    writing = await startWriter(database);
    aggregation = await startAggregation(database);
  });
  afterEach(() => writing.stop());
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  let sequence = 0;
  const view = (sessionId: string, timestamp = noon, others = {}) =>
    aRecord(
      { eventId: `view-${++sequence}`, sessionId, timestamp, ...others },
      { receipt: aReceipt({ receivedAt: noon }) },
    );
  const write = async (...records: ReturnType<typeof view>[]) => {
    await writing.log.append(records);
    await writing.log.drained();
  };
  const sessions = async () => {
    const rows = await database.query<{ id: string }>(
      'SELECT session_id AS id FROM checkout_sessions ORDER BY 1',
    );
    return rows.map(({ id }) => id);
  };
  const touched = async () => {
    const rows = await database.query<{ day: string }>(
      'SELECT DISTINCT day::text FROM touched_days ORDER BY 1',
    );
    return rows.map(({ day }) => day);
  };
  const counted = async () => {
    const rows = await database.query<{ day: string; sessions: number }>(
      'SELECT day::text, sum(sessions)::int AS sessions FROM checkout_funnel_daily GROUP BY 1 ORDER BY 1',
    );
    return rows.map(({ day, sessions: number }) => [day, number]);
  };

  /** What the event writer does in one transaction, with all columns that a row must have. */
  async function store(transaction: Queries, sessionId: string): Promise<void> {
    await transaction.query(
      `INSERT INTO checkout_events (event_id, event_name, session_id, offer_id, product_id,
         producer_id, event_timestamp, execution_environment, full_hostname, root_domain, received_at)
       VALUES ($1, 'checkout_page_view', $1, 'offer-1', 'product-1', 'producer-1', $2, 'production',
         'shop.example', 'shop.example', $2)`,
      [sessionId, new Date(noon)],
    );
    await transaction.query(
      `INSERT INTO writer_batches (contract, least_event_time, greatest_event_time, stored,
         duplicates, conflicts, rejected)
       VALUES ('checkout', $1, $1, 1, 0, 0, 0)`,
      [new Date(noon)],
    );
  }

  it('does not pass by what began before and commits later', async () => {
    let commit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    let begun: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const late = database.transaction(async (transaction) => {
      await store(transaction, 'early, commits late');
      begun();
      await held;
    });
    await hasBegun;
    await database.transaction((transaction) => store(transaction, 'late, commits early'));

    await aggregation.projector.step(CHECKOUT_SESSIONS);
    const whileItIsOpen = await sessions();
    const state = await aggregation.projector.stateOf(CHECKOUT_SESSIONS);
    commit();
    await late;
    await aggregation.project();

    // Nothing of a later number is taken before, or the earlier one would be passed by.
    expect(whileItIsOpen).toEqual([]);
    expect(state.isBehind).toBe(false);
    expect(state.lagSeconds).toBeGreaterThan(0);
    expect(await sessions()).toEqual(['early, commits late', 'late, commits early']);
  });

  it('takes each batch once: what is folded is not read again', async () => {
    await write(view('s1'));
    await aggregation.project();
    await database.query('DELETE FROM checkout_sessions');

    const again = await aggregation.projector.step(CHECKOUT_SESSIONS);

    expect(again).toEqual({ rows: 0, days: [], more: false });
    expect(await sessions()).toEqual([]);
  });

  it('moves nothing when it dies before the commit', async () => {
    await write(view('s1'));

    await aggregation.crash();
    const afterwards = [await sessions(), await touched()];
    await aggregation.project();

    expect(afterwards).toEqual([[], []]);
    expect(await sessions()).toEqual(['s1']);
  });

  it('changes nothing when all is folded once more', async () => {
    await write(view('s1'), view('s2', noon + 1));
    await aggregation.project();
    await aggregation.rollUp();
    await database.query("UPDATE projector_cursors SET xid = '0', id = 0");

    let rows = 0;
    await until('all is folded once more', async () => {
      rows += (await aggregation.projector.step(CHECKOUT_SESSIONS)).rows;
      return !(await aggregation.projector.stateOf(CHECKOUT_SESSIONS)).isBehind;
    });

    expect(rows).toBe(0);
    // Nobody can tell that its events are not new: the day is counted once more.
    expect(await touched()).toEqual([DAY]);
    expect(await aggregation.rollUp()).toBe(0);
  });

  it('touches the day of an event that comes days late, and no other', async () => {
    await write(view('s1'));
    await aggregation.project();
    await aggregation.rollUp();

    await write(view('s2', Date.parse('2025-11-30T23:59:59.999Z')));
    await aggregation.project();

    expect(await touched()).toEqual(['2025-11-30']);
    await aggregation.rollUp();
    expect(await counted()).toEqual([
      ['2025-11-30', 1],
      [DAY, 1],
    ]);
  });

  it('takes a session from its day to an earlier one when an earlier event comes', async () => {
    await write(view('s1'));
    await aggregation.project();
    await aggregation.rollUp();

    await write(view('s1', Date.parse('2026-01-04T23:00:00Z')));
    await aggregation.project();
    const days = await touched();
    await aggregation.rollUp();

    expect(days).toEqual(['2026-01-04', DAY]);
    expect(await counted()).toEqual([['2026-01-04', 1]]);
  });

  it('counts what claims to be over a day ahead on the day of its receipt', async () => {
    await write(view('s1', Date.parse('2099-12-31T00:00:00Z')));
    await aggregation.project();
    await aggregation.rollUp();

    expect(await counted()).toEqual([[DAY, 1]]);
  });

  it('goes on after a restore into a server that counts transactions from a lower number', async () => {
    await write(view('s1'));
    await aggregation.project();
    await write(view('not folded when the dump was made'));
    await database.query('UPDATE writer_batches SET xid = (xid::text::numeric + 1e12)::text::xid8');
    await database.query(
      'UPDATE projector_cursors SET xid = (xid::text::numeric + 1e12)::text::xid8',
    );

    await write(view('written after the restore'));
    const { isBehind } = await aggregation.projector.stateOf(CHECKOUT_SESSIONS);
    await aggregation.project();
    await write(view('written later still'));
    await aggregation.project();

    expect(isBehind).toBe(true);
    expect(await sessions()).toEqual([
      'not folded when the dump was made',
      's1',
      'written after the restore',
      'written later still',
    ]);
  });

  it('tells the twenty most frequent hosts of an offer and a day apart', async () => {
    const hosts = Array.from({ length: 25 }, (_, i) => `h${String(i).padStart(2, '0')}.example`);
    await write(
      ...hosts.map((fullHostname) => view(fullHostname, noon, { fullHostname })),
      view('second', noon, { fullHostname: 'h24.example' }),
    );
    await aggregation.project();
    await aggregation.rollUp();

    const rows = await database.query<{ host: string | null; sessions: number }>(
      'SELECT full_hostname AS host, sessions FROM checkout_funnel_daily ORDER BY 1 NULLS LAST',
    );

    expect(rows).toHaveLength(21);
    expect(rows.at(-2)).toEqual({ host: 'h24.example', sessions: 2 });
    expect(rows.at(-1)).toEqual({ host: null, sessions: 5 });
  });

  describe('a recount of a day', () => {
    const tuesday = Date.parse('2026-01-06T12:00:00Z');
    beforeEach(async () => {
      await write(view('s1'), view('s2'), view('s1', tuesday), view('other day', tuesday));
      await aggregation.project();
      await aggregation.rollUp();
    });

    it('finds nothing where nothing is wrong, however often it is made', async () => {
      expect(await aggregation.recount(DAY)).toBe(0);
      expect(await aggregation.recount(DAY)).toBe(0);
      expect(await touched()).toEqual([]);
    });

    it('is not misled by events that wait to be folded, or days that wait to be counted', async () => {
      await write(view('not folded yet'));
      await database.query(
        "INSERT INTO touched_days (rollup, day) VALUES ('checkout-funnel-daily', $1)",
        [DAY],
      );
      await database.query('UPDATE checkout_funnel_daily SET sessions = 7 WHERE day = $1', [DAY]);

      expect(await aggregation.recount(DAY)).toBe(0);
      expect(await sessions()).not.toContain('not folded yet');
    });

    it.each([
      ['a session is missing', "DELETE FROM checkout_sessions WHERE session_id = 's2'"],
      [
        'a session is made up',
        "UPDATE checkout_sessions SET session_id = 's3' WHERE session_id = 's2'",
      ],
      ['a session did what it did not', 'UPDATE checkout_sessions SET submitted_at = now()'],
      ['a figure is wrong', 'UPDATE checkout_funnel_daily SET sessions = sessions + 1'],
      ['a day is missing', 'DELETE FROM checkout_funnel_daily'],
      ['a row is made up', 'UPDATE checkout_funnel_daily SET dimensions = gen_random_uuid()'],
    ])('finds and mends it where %s', async (_, spoil) => {
      await database.query(spoil);

      const difference = await aggregation.recount(DAY);
      const again = await aggregation.recount(DAY);

      expect(difference).toBeGreaterThan(0);
      expect(again).toBe(0);
      const [row] = await database.query(
        `SELECT sum(sessions)::int AS sessions, sum(submitted)::int AS submitted
         FROM checkout_funnel_daily WHERE day = $1`,
        [DAY],
      );
      expect(row).toEqual({ sessions: 2, submitted: 0 });
      expect((await sessions()).filter((id) => id !== 'other day')).toEqual(['s1', 's2']);
    });

    it.each([
      [
        'goes on after midnight and is missing',
        "DELETE FROM checkout_sessions WHERE session_id = 's1'",
      ],
      [
        'goes on after midnight and is said to have ended',
        "UPDATE checkout_sessions SET last_seen_at = first_seen_at WHERE session_id = 's1'",
      ],
      [
        'is said to have begun a day early',
        `UPDATE checkout_sessions SET first_seen_at = first_seen_at - interval '1 day'
         WHERE session_id = 'other day'`,
      ],
    ])('makes a session what it was that %s', async (_, spoil) => {
      const all = () => database.query('SELECT * FROM checkout_sessions ORDER BY session_id');
      const before = await all();
      await database.query(spoil);

      const difference = await aggregation.recount(DAY);

      expect(difference).toBeGreaterThan(0);
      expect(await all()).toEqual(before);
    });
  });

  describe('tidying up', () => {
    const batches = async () => (await database.query('SELECT 1 FROM writer_batches')).length;

    it('forgets batches that are folded and old, and no others', async () => {
      await write(view('folded, old'));
      await aggregation.project();
      await database.query("UPDATE writer_batches SET created_at = now() - interval '31 days'");
      await write(view('folded, new'));
      await aggregation.project();
      await write(view('old, not folded'));
      await database.query(
        `UPDATE writer_batches SET created_at = now() - interval '31 days'
         WHERE id = (SELECT max(id) FROM writer_batches)`,
      );

      const forgotten = await aggregation.get(TidyUpRepository).forgetBatches(30);

      expect(forgotten).toBe(1);
      expect(await batches()).toBe(2);
    });

    it('keeps batches of contracts that nothing folds yet, and all while nothing was folded', async () => {
      await write(view('not folded'));
      await database.query(
        `INSERT INTO writer_batches (contract, stored, duplicates, conflicts, rejected)
         VALUES ('of tomorrow', 1, 0, 0, 0)`,
      );
      await database.query("UPDATE writer_batches SET created_at = now() - interval '1 year'");

      const before = await aggregation.get(TidyUpRepository).forgetBatches(30);
      await aggregation.project();
      const after = await aggregation.get(TidyUpRepository).forgetBatches(30);

      expect([before, after]).toEqual([0, 1]);
    });
  });

  it('counts a day that is touched while it is counted once more', async () => {
    await write(view('s1'));
    await aggregation.project();
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    let folded: () => void = () => undefined;
    const hasFolded = new Promise<void>((resolve) => (folded = resolve));
    await write(view('s2'));
    // Another process folds at this very moment, and commits a little later.
    const folding = database.transaction(async (transaction) => {
      await aggregation.projector.takeTurn(transaction, CHECKOUT_SESSIONS);
      await transaction.query(
        `INSERT INTO touched_days AS stored (rollup, day) VALUES ('checkout-funnel-daily', $1)
         ON CONFLICT (rollup, day) DO UPDATE SET touched_at = stored.touched_at`,
        [DAY],
      );
      await transaction.query(
        `INSERT INTO checkout_sessions (session_id, offer_id, first_seen_at, last_seen_at,
           last_received_at, product_id, producer_id, execution_environment, full_hostname,
           is_production, has_contact, event_names)
         VALUES ('s2', 'offer-1', $1, $1, $1, 'product-1', 'producer-1', 'production',
           'checkout.example.com', true, false, 1)`,
        [new Date(noon)],
      );
      folded();
      await held;
    });
    await hasFolded;

    const counting = aggregation.rollups.recount(CHECKOUT_FUNNEL_DAILY, DAY);
    await until('it waits', async () => {
      const [row] = await database.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return (row?.waiting ?? 0) > 0;
    });
    go();
    await Promise.all([folding, counting]);

    expect(await counted()).toEqual([[DAY, 2]]);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PAGE_VIEWS_DAILY, TRACKING_DAILY } from '#libs/aggregation';
import type { AcceptedEvent } from '#libs/event-log';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { aReceipt } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';
import { aPageView } from '../support/tracking-event.js';

const MONDAY = '2026-01-05';
const TUESDAY = '2026-01-06';
const WEDNESDAY = '2026-01-07';

/** A view of the one visitor, in its one session, of the one page. */
const viewOn = (day: string): AcceptedEvent => ({
  kind: 'event',
  contract: 'tracking',
  event: aPageView({ timestamp: `${day}T12:00:00Z` }),
  receipt: aReceipt({ receivedAt: Date.parse(`${day}T12:00:01Z`) }),
  offer: null,
});

describe('page visits', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let writing: TestWriter;
  let aggregation: TestAggregation;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
    aggregation = await startAggregation(database);
  });
  beforeEach(async () => {
    await database.query(`TRUNCATE tracking_events, writer_batches, projector_cursors, touched_days,
      page_visits, page_views_daily, tracking_daily`);
    writing = await startWriter(database);
  });
  afterEach(() => writing.stop());
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  const count = async (...records: AcceptedEvent[]) => {
    await writing.log.append(records);
    await writing.log.drained();
    await aggregation.project();
    await aggregation.rollUp();
  };
  /** Of the visitor and of the session, of the page and of any: all the same here. */
  const links = async () => {
    const rows = await database.query<{ day: string; previous: string | null }>(
      'SELECT DISTINCT day::text, previous::text FROM page_visits ORDER BY 1',
    );
    return rows.map(({ day, previous }) => [day, previous]);
  };
  const visitorsFrom = async (from: string, to: string) => {
    const [row] = await database.query<{ visitors: number }>(
      `SELECT coalesce(sum(visitors), 0)::int AS visitors FROM page_views_daily
       WHERE page = '00000000-0000-0000-0000-000000000000' AND day BETWEEN $1::date AND $2::date
         AND (previous IS NULL OR previous < $1::date)`,
      [from, to],
    );
    return row?.visitors;
  };
  const ALL_LINKED = [
    [MONDAY, null],
    [TUESDAY, MONDAY],
    [WEDNESDAY, TUESDAY],
  ];

  it('are linked with those before them', async () => {
    await count(viewOn(MONDAY), viewOn(TUESDAY), viewOn(WEDNESDAY));

    expect(await links()).toEqual(ALL_LINKED);
  });

  it('are linked anew when one between them comes late, and its neighbours are recounted', async () => {
    await count(viewOn(MONDAY), viewOn(WEDNESDAY));

    await count(viewOn(TUESDAY));

    expect(await links()).toEqual(ALL_LINKED);
    expect(await visitorsFrom(TUESDAY, WEDNESDAY)).toBe(1);
    expect(await visitorsFrom(WEDNESDAY, WEDNESDAY)).toBe(1);
  });

  it('are linked anew when the first of them comes last', async () => {
    await count(viewOn(WEDNESDAY));
    await count(viewOn(TUESDAY));
    await count(viewOn(MONDAY));

    expect(await links()).toEqual(ALL_LINKED);
    expect(await visitorsFrom(MONDAY, WEDNESDAY)).toBe(1);
  });

  it('are mended by a recount where their link is wrong', async () => {
    await count(viewOn(MONDAY), viewOn(TUESDAY), viewOn(WEDNESDAY));
    await database.query('UPDATE page_visits SET previous = NULL WHERE day = $1', [WEDNESDAY]);

    expect(await aggregation.recount(WEDNESDAY, PAGE_VIEWS_DAILY)).toBeGreaterThan(0);

    expect(await links()).toEqual(ALL_LINKED);
    expect(await aggregation.recount(WEDNESDAY, PAGE_VIEWS_DAILY)).toBe(0);
  });

  it('are removed by a recount where no event speaks for them, and leave no gap', async () => {
    await count(viewOn(MONDAY), viewOn(WEDNESDAY));
    await database.query(`
      INSERT INTO page_visits (who, page, is_session, day, previous)
      SELECT who, page, is_session, '${TUESDAY}', '${MONDAY}' FROM page_visits WHERE day = '${MONDAY}'
    `);
    await database.query(
      `UPDATE page_visits SET previous = '${TUESDAY}' WHERE day = '${WEDNESDAY}'`,
    );

    expect(await aggregation.recount(TUESDAY, PAGE_VIEWS_DAILY)).toBeGreaterThan(0);
    await aggregation.rollUp();

    expect(await links()).toEqual([
      [MONDAY, null],
      [WEDNESDAY, MONDAY],
    ]);
    expect(await visitorsFrom(TUESDAY, WEDNESDAY)).toBe(1);
  });

  it('and events that wait to be folded are no difference', async () => {
    await count(viewOn(MONDAY));
    await writing.log.append([viewOn(MONDAY)]);
    await writing.log.drained();

    expect(await aggregation.recount(MONDAY, PAGE_VIEWS_DAILY)).toBe(0);
    expect(await aggregation.recount(MONDAY, TRACKING_DAILY)).toBe(0);
  });

  it('tell paths apart that are viewed most, and count the others in the total', async () => {
    const views = Array.from({ length: 1001 }, (_, index) => ({
      ...viewOn(MONDAY),
      event: aPageView({ timestamp: `${MONDAY}T12:00:00Z`, path: `/${index}` }),
    }));
    await count(...views, viewOn(MONDAY));

    const [row] = await database.query(
      `SELECT count(*) FILTER (WHERE path IS NOT NULL)::int AS paths,
              count(*) FILTER (WHERE path = '/products/green-tea')::int AS last,
              sum(views) FILTER (WHERE page = '00000000-0000-0000-0000-000000000000')::int AS views
       FROM page_views_daily`,
    );
    expect(row).toEqual({ paths: 1000, last: 0, views: 1002 });
  });
});

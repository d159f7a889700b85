import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { countedUntil } from '#libs/database';
import { openDatabase, type TestDatabase } from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';

const ALL = { projections: ['orders', 'payouts'], rollups: ['commerce-daily'] };

describe('up to when figures hold all that was stored', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
  });
  beforeEach(() => database.query('TRUNCATE writer_batches, projector_cursors, touched_days'));
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  /** Batches that were stored so many seconds ago, in one transaction, the oldest first. */
  const store = async (...ages: number[]): Promise<void> => {
    await database.query(
      `INSERT INTO writer_batches (contract, created_at, stored, duplicates, conflicts, rejected)
       SELECT 'commerce', now() - age * interval '1 second', 1, 0, 0, 0
       FROM unnest($1::int[]) AS age`,
      [ages],
    );
  };
  /** All that was stored is folded by these, but for the newest batches. */
  const fold = async (projections: string[], butFor = 0): Promise<void> => {
    await database.query(
      `INSERT INTO projector_cursors (projection, xid, id)
       SELECT projection, xid, id FROM unnest($1::text[]) AS projection,
         LATERAL (SELECT xid, id FROM writer_batches ORDER BY id DESC OFFSET $2 LIMIT 1) AS batch`,
      [projections, butFor],
    );
  };
  const secondsAgo = async (): Promise<number> => {
    const [row] = await database.query<{ seconds: number }>(
      `SELECT round(extract(epoch FROM now() - ${countedUntil(ALL)}))::int AS seconds`,
    );
    return row!.seconds;
  };

  it('is now where nothing waits', async () => {
    await store(500);
    await fold(['orders', 'payouts']);

    expect(await secondsAgo()).toBe(0);
  });

  it('is when the first batch was stored that the last of the projections did not fold', async () => {
    await store(500, 400, 300);
    await fold(['orders'], 1);
    await fold(['payouts'], 2);

    expect(await secondsAgo()).toBe(400);
  });

  it('is when the very first was stored while a projection never ran', async () => {
    await store(500, 400);
    await fold(['orders']);

    expect(await secondsAgo()).toBe(500);
  });

  it('is not younger than a day that waits to be counted', async () => {
    await store(100);
    await fold(['orders'], 0);
    await fold(['payouts'], 0);
    await database.query(
      `INSERT INTO touched_days (rollup, day, touched_at)
       VALUES ('commerce-daily', '2026-01-05', now() - interval '70 seconds')`,
    );

    expect(await secondsAgo()).toBe(70);
  });
});

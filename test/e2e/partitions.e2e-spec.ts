import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import {
  createDataSource,
  migrate,
  PartitionMetrics,
  type PartitionInterval,
  Partitions,
  PostgresDatabase,
} from '#libs/database';
import { Metrics } from '#libs/platform';
import { migrations } from '../../migrations/index.js';
import { createDatabase } from '../support/postgres.mjs';

const NOW = new Date('2026-03-30T23:59:59.999Z');

const STORE = `
  INSERT INTO checkout_events (
    event_id, event_name, session_id, offer_id, product_id, producer_id, event_timestamp,
    execution_environment, full_hostname, root_domain, received_at
  ) VALUES ($1, 'checkout_page_view', 's', 'o', 'p', 'p', $2, 'production', 'h', 'd', now())
`;

describe('partitions', () => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let dataSource: DataSource;
  let database: PostgresDatabase;
  const failures: unknown[] = [];

  beforeEach(async () => {
    own = await createDatabase();
    await migrate(own.url, migrations);
    dataSource = createDataSource({ url: own.url, migrations, poolSize: 4 });
    await dataSource.initialize();
    database = new PostgresDatabase(dataSource);
    failures.length = 0;
  });

  afterEach(async () => {
    await dataSource.destroy();
    await own.drop();
  });

  const partitions = (interval: PartitionInterval = 'day', metrics = new Metrics()): Partitions =>
    new Partitions({
      database,
      interval,
      metrics: new PartitionMetrics(metrics),
      log: {
        partitionsMade: () => undefined,
        partitionsNotMade: (_table: string, error: unknown) => failures.push(error),
      } as never,
    });

  const store = (id: string, time: string) => database.query(STORE, [id, time]);

  /** Which partition each stored event is in. */
  const homes = async (): Promise<Record<string, string>> => {
    const rows = await database.query<{ id: string; home: string }>(
      'SELECT event_id AS id, tableoid::regclass::text AS home FROM checkout_events',
    );
    return Object.fromEntries(rows.map(({ id, home }) => [id, home]));
  };

  const made = async (): Promise<string[]> => {
    const rows = await database.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits
       WHERE inhparent = 'checkout_events'::regclass ORDER BY 1`,
    );
    return rows.map(({ name }) => name.replace('checkout_events_', ''));
  };

  it('hold a week behind and two weeks ahead, by UTC days', async () => {
    await partitions().makeAhead(NOW);
    await store('last-moment', '2026-04-13T23:59:59.999Z');
    await store('too-late', '2026-04-14T00:00:00Z');
    await store('first-moment', '2026-03-23T00:00:00Z');
    await store('too-early', '2026-03-22T23:59:59.999Z');

    expect(await homes()).toEqual({
      'last-moment': 'checkout_events_p20260413',
      'too-late': 'checkout_events_default',
      'first-moment': 'checkout_events_p20260323',
      'too-early': 'checkout_events_default',
    });
  });

  it('are whole months where that is set', async () => {
    await partitions('month').makeAhead(NOW);

    expect(await made()).toEqual(['default', 'p202603', 'p202604']);
  });

  it('are filled up with days where the setting was changed to months', async () => {
    await partitions('day').makeAhead(NOW);

    await partitions('month').makeAhead(NOW);
    await store('march', '2026-03-01T12:00:00Z');
    await store('april', '2026-04-30T12:00:00Z');

    expect(failures).toEqual([]);
    expect(await homes()).toEqual({
      march: 'checkout_events_p20260301',
      april: 'checkout_events_p20260430',
    });
  });

  it('stay as they are when they are made again', async () => {
    await partitions().makeAhead(NOW);
    const before = await made();

    await partitions().makeAhead(NOW);

    expect(failures).toEqual([]);
    expect(await made()).toEqual(before);
  });

  it('take over the rows of their range that DEFAULT held', async () => {
    await store('waited', '2026-04-01T10:00:00.123456Z');
    await store('elsewhere', '2001-01-01T00:00:00Z');

    await partitions().makeAhead(NOW);

    expect(failures).toEqual([]);
    expect(await homes()).toEqual({
      waited: 'checkout_events_p20260401',
      elsewhere: 'checkout_events_default',
    });
    const times = await database.query(
      "SELECT event_timestamp::text AS at FROM checkout_events WHERE event_id = 'waited'",
    );
    expect(times).toEqual([{ at: expect.stringContaining('10:00:00.123456') }]);
  });

  it('are made once by several processes at the same time, while events are stored', async () => {
    const storing = Promise.all(
      Array.from({ length: 60 }, (_, n) => store(`event-${n}`, '2026-04-02T00:00:00Z')),
    );

    await Promise.all([1, 2, 3].map(() => partitions().makeAhead(NOW)));
    await storing;

    expect(failures).toEqual([]);
    expect(await made()).toHaveLength(23);
    expect(new Set(Object.values(await homes()))).toEqual(new Set(['checkout_events_p20260402']));
  });

  it('do without, and try again later, where somebody holds the table for long', async () => {
    const holder = new Client({ connectionString: own.url });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE checkout_events_default IN ACCESS SHARE MODE');

    await partitions('month').makeAhead(NOW);
    await holder.end();
    const afterwards = await made();
    await partitions('month').makeAhead(NOW);

    expect(failures).toEqual([expect.objectContaining({ code: '55P03' })]);
    expect(afterwards).toEqual(['default']);
    expect(await made()).toEqual(['default', 'p202603', 'p202604']);
  }, 20_000);

  it('tell how far ahead they are, and how many rows have none', async () => {
    const metrics = new Metrics();
    await store('homeless', '2001-01-01T00:00:00Z');

    await partitions('day', metrics).makeAhead(NOW);

    const text = await metrics.registry.metrics();
    expect(text).toContain('footfall_partition_default_rows{contract="checkout"} 1');
    expect(text).toContain('footfall_partitions_ahead_days{contract="checkout"} 14');
  });

  it('have the indexes and the key of their table', async () => {
    await partitions('month').makeAhead(NOW);

    const definitions = await database.query<{ of: string; indexes: string }>(`
      SELECT indrelid::regclass::text AS of, count(*)::text AS indexes
      FROM pg_index
      WHERE indrelid IN (SELECT relid FROM pg_partition_tree('checkout_events'))
      GROUP BY 1 ORDER BY 1
    `);
    const [table, ...parts] = definitions.map(({ indexes }) => Number(indexes));
    expect(table).toBeGreaterThan(1);
    expect(parts).toEqual([table, table, table]);
    await store('twice', '2026-04-02T00:00:00Z');
    await expect(store('twice', '2026-04-02T00:00:00Z')).rejects.toMatchObject({ code: '23505' });
  });
});

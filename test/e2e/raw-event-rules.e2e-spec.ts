import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countedBetween, IS_PRODUCTION, Partitions } from '#libs/database';
import { openDatabase, type TestDatabase } from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';

describe('the rules of raw events', () => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;

  beforeAll(async () => {
    own = await createDatabase();
    database = await openDatabase(own.url);
  });
  afterAll(async () => {
    await database.close();
    await own.drop();
  });

  describe('production traffic', () => {
    const isProduction = async (row: {
      environment?: string;
      mode?: string | null;
      hostname?: string;
    }): Promise<boolean | null> => {
      const { environment = 'production', mode = null, hostname = 'checkout.example.com' } = row;
      const [judged] = await database.query<{ verdict: boolean | null }>(
        `SELECT ${IS_PRODUCTION} AS verdict
         FROM (VALUES ($1::varchar, $2::varchar, $3::varchar))
           AS checkout_events (execution_environment, checkout_mode, full_hostname)`,
        [environment, mode, hostname],
      );
      return judged!.verdict;
    };

    it.each([
      [{}],
      [{ mode: 'embedded' }],
      [{ mode: 'transparent' }],
      [{ hostname: 'com.br' }],
      [{ hostname: 'intranet' }],
      [{ hostname: 'example.net' }],
      [{ hostname: 'example.com.' }],
      [{ hostname: 'host-1' }],
      [{ hostname: 'checkout.example.com:8443' }],
      [{ hostname: 'localhost.example.com' }],
      [{ hostname: 'notlocalhost' }],
      [{ hostname: '10.example.com' }],
      [{ hostname: '10.0.0.1.example.com' }],
      [{ hostname: '1.2.3' }],
      [{ hostname: 'cafe.example' }],
      [{ hostname: 'cafe:8080' }],
      [{ hostname: 'sandbox.example.com' }],
      [{ hostname: 'loja-ção.com.br' }],
    ])('is %j', async (row) => {
      expect(await isProduction(row)).toBe(true);
    });

    it.each([
      [{ environment: 'sandbox' }],
      [{ environment: 'development' }],
      [{ mode: 'sandbox' }],
      [{ mode: 'development' }],
      [{ hostname: 'localhost' }],
      [{ hostname: 'LocalHost' }],
      [{ hostname: 'localhost.' }],
      [{ hostname: 'localhost:3000' }],
      [{ hostname: 'shop.localhost' }],
      [{ hostname: 'shop.localhost:5173' }],
      [{ hostname: '127.0.0.1' }],
      [{ hostname: '192.168.0.12:8080' }],
      [{ hostname: '203.0.113.7' }],
      [{ hostname: '[::1]' }],
      [{ hostname: '[::1]:3000' }],
      [{ hostname: '::1' }],
      [{ hostname: 'FE80::1' }],
      [{ hostname: 'fe80::1%eth0' }],
      [{ hostname: '::ffff:127.0.0.1' }],
      [{ hostname: '2001:db8:0:0:0:0:0:1' }],
    ])('is not %j', async (row) => {
      expect(await isProduction(row)).toBe(false);
    });
  });

  describe('the events of some days', () => {
    const FROM = '2025-06-10T00:00:00Z';
    const TO = '2025-06-11T00:00:00Z';
    const NOON = '2025-06-10T12:00:00.000Z';

    const store = (id: string, time: string, receivedAt: string) =>
      database.query(
        `INSERT INTO checkout_events (
           event_id, event_name, session_id, offer_id, product_id, producer_id, event_timestamp,
           execution_environment, full_hostname, root_domain, received_at
         ) VALUES ($1, 'checkout_page_view', 's', 'o', 'p', 'p', $2, 'production', 'h', 'd', $3)`,
        [id, time, receivedAt],
      );

    const found = async (from: string, to: string): Promise<string[]> => {
      const rows = await database.query<{ id: string }>(
        `SELECT event_id AS id
         FROM ${countedBetween('checkout', '$1::timestamptz', '$2::timestamptz')} AS events ORDER BY 1`,
        [from, to],
      );
      return rows.map(({ id }) => id);
    };

    beforeAll(async () => {
      const partitions = new Partitions({
        database,
        interval: 'day',
        metrics: { seen: () => undefined } as never,
        log: { partitionsMade: () => undefined } as never,
      });
      await partitions.makeAhead(new Date(NOON));
      await store('first moment', FROM, NOON);
      await store('last moment', '2025-06-10T23:59:59.999Z', '2025-09-01T00:00:00Z');
      await store('just before', '2025-06-09T23:59:59.999Z', NOON);
      await store('next day', TO, NOON);
      await store('24 h ahead', '2025-06-11T12:00:00Z', NOON);
      await store('more than 24 h ahead', '2025-06-11T12:00:00.001Z', NOON);
      await store('years ahead', '2099-12-31T00:00:00Z', NOON);
      await store('into the day, from before', '2025-06-10T09:00:00Z', '2025-06-08T12:00:00Z');
    });

    it('are those of their own time, and those received then that claim to be later', async () => {
      expect(await found(FROM, TO)).toEqual([
        'first moment',
        'last moment',
        'more than 24 h ahead',
        'years ahead',
      ]);
    });

    it('are each found on one day, so that days add up', async () => {
      const before = await found('2025-01-01T00:00:00Z', FROM);
      const after = await found(TO, '2100-01-01T00:00:00Z');

      expect(before).toEqual(['into the day, from before', 'just before']);
      expect(after).toEqual(['24 h ahead', 'next day']);
    });

    it('are read from their own partitions, and from an index of later ones', async () => {
      const plan = await database.transaction(async (transaction) => {
        await transaction.query('SET LOCAL enable_seqscan = off');
        return transaction.query<{ 'QUERY PLAN': string }>(
          `EXPLAIN (COSTS OFF) SELECT FROM ${countedBetween('checkout', '$1', '$2')} AS events`,
          [FROM, TO],
        );
      });
      const lines = plan.map((row) => row['QUERY PLAN']).join('\n');

      expect(lines).not.toContain('checkout_events_p20250609');
      expect(lines).toContain('Index Scan using checkout_events_p20250611_received_at_idx');
      expect(lines).toContain('Index Scan using checkout_events_default_ahead');
    });
  });
});

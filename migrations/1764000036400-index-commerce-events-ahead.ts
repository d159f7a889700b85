import type { MigrationInterface, QueryRunner } from 'typeorm';

const PARTITIONS = `
  SELECT inhrelid::regclass::text AS name FROM pg_inherits
  WHERE inhparent = 'commerce_events'::regclass
  ORDER BY 1
`;
const COLUMNS = "(received_at) WHERE event_time - received_at > interval '24 hours'";

/**
 * For events that claim to be over 24 h ahead of their receipt, which count on the day of it: without
 * it whoever counts a day reads every later one. All but empty.
 */
export class IndexCommerceEventsAhead1764000036400 implements MigrationInterface {
  /** The table may be large, and the event writer must not wait: partition by partition. */
  readonly transaction = false;

  async up(db: QueryRunner): Promise<void> {
    await this.down(db);
    await db.query(`CREATE INDEX commerce_events_ahead ON ONLY commerce_events ${COLUMNS}`);
    for (const { name } of (await db.query(PARTITIONS)) as { name: string }[]) {
      // One that was broken off leaves an index that belongs to nothing.
      await db.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}_ahead`);
      await db.query(`CREATE INDEX CONCURRENTLY ${name}_ahead ON ${name} ${COLUMNS}`);
      await db.query(`ALTER INDEX commerce_events_ahead ATTACH PARTITION ${name}_ahead`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX IF EXISTS commerce_events_ahead');
  }
}

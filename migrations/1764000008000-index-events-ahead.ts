import type { MigrationInterface, QueryRunner } from 'typeorm';

const PARTITIONS = `
  SELECT inhrelid::regclass::text AS name FROM pg_inherits
  WHERE inhparent = 'checkout_events'::regclass
  ORDER BY 1
`;
const COLUMNS = "(received_at) WHERE event_timestamp - received_at > interval '24 hours'";

/**
 * For events that claim to be over 24 h ahead of their receipt, which count on the day of it: they
 * are found in whatever partition they are. All but empty.
 */
export class IndexEventsAhead1764000008000 implements MigrationInterface {
  /** The table may be large, and the event writer must not wait: partition by partition. */
  readonly transaction = false;

  async up(db: QueryRunner): Promise<void> {
    await this.down(db);
    await db.query(`CREATE INDEX checkout_events_ahead ON ONLY checkout_events ${COLUMNS}`);
    for (const { name } of (await db.query(PARTITIONS)) as { name: string }[]) {
      // One that was broken off leaves an index that belongs to nothing.
      await db.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}_ahead`);
      await db.query(`CREATE INDEX CONCURRENTLY ${name}_ahead ON ${name} ${COLUMNS}`);
      await db.query(`ALTER INDEX checkout_events_ahead ATTACH PARTITION ${name}_ahead`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX IF EXISTS checkout_events_ahead');
  }
}

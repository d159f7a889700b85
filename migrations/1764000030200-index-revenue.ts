import type { MigrationInterface, QueryRunner } from 'typeorm';

const PARTITIONS = `
  SELECT inhrelid::regclass::text AS name FROM pg_inherits
  WHERE inhparent = 'events'::regclass
  ORDER BY 1
`;

/** Partial ones: most events are in neither, and cost the event writer nothing. */
const INDEXES = {
  revenue: "(occurred_at) WHERE props_json ? 'revenueCents'",
  no_asset:
    '(occurred_at) WHERE ip_asset_id IS NULL AND (project_id IS NOT NULL OR license_id IS NOT NULL)',
} as const;

/** A day's revenue, and what belongs to a project or licence alone, are recounted every few seconds. */
export class IndexRevenue1764000030200 implements MigrationInterface {
  /** The table may be large, and the event writer must not wait: partition by partition. */
  readonly transaction = false;

  async up(db: QueryRunner): Promise<void> {
    await this.down(db);
    const partitions = (await db.query(PARTITIONS)) as { name: string }[];
    for (const [index, columns] of Object.entries(INDEXES)) {
      await db.query(`CREATE INDEX events_${index} ON ONLY events ${columns}`);
      for (const { name } of partitions) {
        // One that was broken off leaves an index that belongs to nothing.
        await db.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}_${index}`);
        await db.query(`CREATE INDEX CONCURRENTLY ${name}_${index} ON ${name} ${columns}`);
        await db.query(`ALTER INDEX events_${index} ATTACH PARTITION ${name}_${index}`);
      }
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const index of Object.keys(INDEXES)) {
      await db.query(`DROP INDEX IF EXISTS events_${index}`);
    }
  }
}

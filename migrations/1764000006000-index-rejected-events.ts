import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = {
  rejected_events_received: '(received_at, id)',
  rejected_events_state_received: '(state, received_at, id)',
  rejected_events_reason_received: '(reason, received_at, id)',
  rejected_events_offer_received: '(offer_id, received_at, id) WHERE offer_id IS NOT NULL',
};

/** For lists in the order of receipt: all, and those of a state, a reason or an offer. */
export class IndexRejectedEvents1764000006000 implements MigrationInterface {
  /** The table may be large, and the event writer must not wait. */
  readonly transaction = false;

  async up(db: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(INDEXES)) {
      // One that was broken off leaves an index that is not valid.
      await db.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
      await db.query(`CREATE INDEX CONCURRENTLY ${name} ON rejected_events ${columns}`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await db.query(`DROP INDEX IF EXISTS ${name}`);
  }
}

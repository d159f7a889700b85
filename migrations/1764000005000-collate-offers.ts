import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Offer ids in the order of their code points, whatever the database's own order is: only then are
 * those with a prefix neighbours in the index. Builds the indexes anew, which takes seconds for a
 * million offers; events that ask meanwhile are taken unresolved.
 */
export class CollateOffers1764000005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE offers ALTER COLUMN offer_id TYPE varchar(200) COLLATE "C"');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE offers ALTER COLUMN offer_id TYPE varchar(200) COLLATE "default"');
  }
}

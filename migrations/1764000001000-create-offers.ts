import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Offers, and a word to every offer directory when one of them changes. */
export class CreateOffers1764000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE offers (
        offer_id    varchar(200) NOT NULL,
        product_id  varchar(200) NOT NULL,
        producer_id varchar(200) NOT NULL,
        created_at  timestamptz  NOT NULL DEFAULT now(),
        updated_at  timestamptz  NOT NULL DEFAULT now(),
        deleted_at  timestamptz,
        CONSTRAINT offers_pkey PRIMARY KEY (offer_id)
      )
    `);
    await db.query('CREATE INDEX offers_updated_at ON offers (updated_at, offer_id)');
    await db.query(`
      CREATE FUNCTION notify_offers() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NOTIFY footfall_offers;
        RETURN NULL;
      END
      $$
    `);
    // One a statement, never one a row: a catalogue is loaded by one INSERT of many thousand rows.
    await db.query(`
      CREATE TRIGGER offers_notify AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON offers
      FOR EACH STATEMENT EXECUTE FUNCTION notify_offers()
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE offers');
    await db.query('DROP FUNCTION notify_offers()');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which checkout sessions a contact was left by an event that claims to be over 24 h ahead. */
export class FindContactsAhead1764000071100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The default is for rows that are there, of which nobody knows until they are recounted, and
    // for a release that knows nothing of it: contacts are looked for on later days too, as before.
    await db.query(
      'ALTER TABLE checkout_sessions ADD COLUMN has_contact_ahead boolean NOT NULL DEFAULT true',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE checkout_sessions DROP COLUMN has_contact_ahead');
  }
}

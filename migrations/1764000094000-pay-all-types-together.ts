import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of paid sessions also how many they are of all checkout types and modes together. */
export class PayAllTypesTogether1764000094000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      INSERT INTO checkout_payments_daily (
        day, offer_id, dimensions, checkout_type, checkout_mode, payment_method, is_production,
        paid, times_to_pay_ms, paid_after
      )
      SELECT day, '',
             md5(ROW('', NULL, NULL, '', '', payment_method, NULL, is_production)::text)::uuid,
             '', '', payment_method, is_production, sum(sessions),
             array_agg(ms ORDER BY ms), array_agg(sessions::integer ORDER BY ms)
      FROM (
        SELECT day, payment_method, is_production, ms, sum(sessions) AS sessions
        FROM checkout_payments_daily, unnest(times_to_pay_ms, paid_after) AS step (ms, sessions)
        WHERE offer_id = ''
        GROUP BY day, payment_method, is_production, ms
      ) AS together
      GROUP BY day, payment_method, is_production
    `);
    await db.query(`
      CREATE INDEX checkout_payments_daily_together ON checkout_payments_daily (day)
      WHERE checkout_type = ''
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX checkout_payments_daily_together');
    await db.query("DELETE FROM checkout_payments_daily WHERE checkout_type = ''");
  }
}

import type { Statement } from '#libs/database';

/**
 * Puts many offers at once; $1 ids, each once, $2 products, $3 producers.
 *
 * What is so already is neither written nor locked, so that no directory reads it again. By id,
 * since two imports with opposite orders would wait for each other for ever.
 */
export const PUT_OFFERS: Statement = {
  name: 'offers_put_many',
  text: `
    WITH sent AS (
      SELECT *
      FROM unnest($1::text[], $2::text[], $3::text[]) AS line (offer_id, product_id, producer_id)
    ), differing AS (
      SELECT sent.*, known.offer_id IS NULL OR known.deleted_at IS NOT NULL AS is_new
      FROM sent LEFT JOIN offers AS known ON known.offer_id = sent.offer_id
      WHERE known.offer_id IS NULL
        OR known.deleted_at IS NOT NULL
        OR (known.product_id, known.producer_id) <> (sent.product_id, sent.producer_id)
    ), written AS (
      INSERT INTO offers AS stored (offer_id, product_id, producer_id, updated_at)
      SELECT offer_id, product_id, producer_id, clock_timestamp()
      FROM differing
      ORDER BY offer_id COLLATE "C"
      ON CONFLICT (offer_id) DO UPDATE SET
        product_id  = excluded.product_id,
        producer_id = excluded.producer_id,
        updated_at  = clock_timestamp(),
        deleted_at  = NULL
      WHERE stored.deleted_at IS NOT NULL
        OR (stored.product_id, stored.producer_id) <> (excluded.product_id, excluded.producer_id)
      RETURNING offer_id
    )
    SELECT
      count(*) FILTER (WHERE is_new)::int     AS created,
      count(*) FILTER (WHERE NOT is_new)::int AS changed
    FROM differing
    JOIN written USING (offer_id)
  `,
};

const VIEW = `
  offer_id    AS "offerId",
  product_id  AS "productId",
  producer_id AS "producerId",
  created_at  AS "createdAt",
  updated_at  AS "updatedAt"
`;

/**
 * $1 offer id, $2 product id, $3 producer id. Revives a deleted offer.
 *
 * `clock_timestamp()` rather than `now()`: directories poll on it, and it should be as near to the
 * commit as can be.
 */
export const PUT_OFFER = `
  WITH before AS (
    SELECT 1 FROM offers WHERE offer_id = $1 AND deleted_at IS NULL
  )
  INSERT INTO offers (offer_id, product_id, producer_id, updated_at)
  VALUES ($1, $2, $3, clock_timestamp())
  ON CONFLICT (offer_id) DO UPDATE SET
    product_id  = excluded.product_id,
    producer_id = excluded.producer_id,
    updated_at  = clock_timestamp(),
    deleted_at  = NULL
  RETURNING ${VIEW}, NOT EXISTS (SELECT 1 FROM before) AS "isNew"
`;

/** $1 offer id. */
export const GET_OFFER = `
  SELECT ${VIEW} FROM offers WHERE offer_id = $1 AND deleted_at IS NULL
`;

/** $1 offer id. Leaves a tombstone, by which directories learn that it is gone. */
export const DELETE_OFFER = `
  UPDATE offers
  SET deleted_at = clock_timestamp(), updated_at = clock_timestamp()
  WHERE offer_id = $1 AND deleted_at IS NULL
  RETURNING offer_id
`;

/** $1 the last offer id of the page before, $2, $3 the ids from and before, $4 how many. */
export const LIST_OFFERS = `
  SELECT ${VIEW}
  FROM offers
  WHERE offer_id > $1 AND offer_id >= $2 AND offer_id < $3 AND deleted_at IS NULL
  ORDER BY offer_id
  LIMIT $4
`;

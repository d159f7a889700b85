import { countedUntil } from '#libs/database';

const PLACES = [1, 2, 3, 4, 5] as const;

const FIGURES = `
  coalesce(sum(sessions), 0)::float8 AS sessions,
  ARRAY[${PLACES.map((n) => `coalesce(sum(stage${n}), 0)::float8`).join(', ')}] AS stages,
  ARRAY[${PLACES.map((n) => `coalesce(sum(stage${n}_in_order), 0)::float8`).join(', ')}] AS "inOrder"
`;

/**
 * How far sessions came. $1 creation or purchase; $2 and $3 the first and the last day; $4 flow and
 * $5 slug of a product, or null; $6 how many products at most.
 *
 * A row without a slug stands for all sessions of a flow, one with a slug for those of the product:
 * `whole` has either these or those.
 */
export const COCKPIT_FLOW = `
  WITH whole AS MATERIALIZED (
    SELECT * FROM cockpit_daily
    WHERE cockpit = $1 AND day BETWEEN $2::date AND $3::date
      AND ($4::text IS NULL OR flow = $4)
      AND CASE WHEN $5::text IS NULL THEN product_slug IS NULL ELSE product_slug = $5 END
  ),
  products AS MATERIALIZED (
    SELECT product_slug AS "productSlug", ${FIGURES} FROM cockpit_daily
    WHERE cockpit = $1 AND day BETWEEN $2::date AND $3::date
      AND ($4::text IS NULL OR flow = $4)
      AND CASE WHEN $5::text IS NULL THEN product_slug IS NOT NULL ELSE product_slug = $5 END
    GROUP BY product_slug
  )
  SELECT ${countedUntil({ projections: ['cockpit-sessions'], rollups: ['cockpit-daily'] })} AS "asOf",
         (SELECT max(newest_received_at) FROM whole) AS "newestReceivedAt",
         (
           SELECT coalesce(json_agg(flows), '[]')
           FROM (SELECT flow, ${FIGURES} FROM whole GROUP BY flow) AS flows
         ) AS flows,
         (
           SELECT coalesce(json_agg(days), '[]')
           FROM (SELECT day::text, ${FIGURES} FROM whole GROUP BY day) AS days
         ) AS days,
         (
           SELECT coalesce(json_agg(listed), '[]')
           FROM (
             SELECT * FROM products ORDER BY sessions DESC, "productSlug" COLLATE "C" LIMIT $6
           ) AS listed
         ) AS products,
         (SELECT count(*)::int FROM products) AS "productsInAll",
         (SELECT coalesce(sum(sessions), 0)::float8 FROM products) AS "sessionsWithProduct"
`;

import { ASKED, FRESHNESS, LEFT_OUT, REVENUE_TOTALS } from './commerce-figures.sql.js';

/** Parameters as `ASKED`, $4 how many organizations at most. */
export const COMMERCE_ORGANIZATIONS = `
  WITH ${ASKED},
  organizations AS MATERIALIZED (
    SELECT organization_id, sum(events)::float8 AS events, sum(orders)::float8 AS orders,
           ${LEFT_OUT} AS "leftOut", max(newest_received_at) AS newest_received_at
    FROM asked
    GROUP BY organization_id
  ),
  listed AS MATERIALIZED (
    SELECT * FROM organizations
    ORDER BY orders DESC, events DESC, organization_id COLLATE "C"
    LIMIT $4
  ),
  totals AS (
    SELECT organization_id, currency, ${REVENUE_TOTALS}
    FROM asked
    WHERE currency IS NOT NULL AND organization_id IN (SELECT organization_id FROM listed)
    GROUP BY organization_id, currency
  ),
  currencies AS (
    SELECT organization_id,
           json_agg(to_jsonb(totals) - 'organization_id' ORDER BY currency COLLATE "C") AS currencies
    FROM totals
    GROUP BY organization_id
  )
  SELECT ${FRESHNESS},
         count(*)::float8 AS organizations,
         (
           SELECT coalesce(
             json_agg(items ORDER BY orders DESC, events DESC, "organizationId" COLLATE "C"), '[]'
           )
           FROM (
             SELECT nullif(organization_id, '') AS "organizationId", listed.events,
                    listed.orders, listed."leftOut",
                    coalesce(currencies, '[]') AS currencies
             FROM listed LEFT JOIN currencies USING (organization_id)
           ) AS items
         ) AS items
  FROM organizations
`;

import { ASKED, FRESHNESS, LEFT_OUT, REVENUE_TOTALS } from './commerce-figures.sql.js';

/** Parameters as `ASKED`, $4 how many organizations at most. */
export const COMMERCE_ORGANIZATIONS = `
  WITH ${ASKED},
  organizations AS MATERIALIZED (
    SELECT organization_id, sum(events)::float8 AS events, sum(orders)::float8 AS orders,
           ${LEFT_OUT} AS "leftOut"
    FROM asked
    GROUP BY organization_id
  ),
  listed AS MATERIALIZED (
    SELECT * FROM organizations
    ORDER BY orders DESC, events DESC, organization_id COLLATE "C"
    LIMIT $4
  )
  SELECT ${FRESHNESS},
         (SELECT count(*)::float8 FROM organizations) AS organizations,
         (
           SELECT coalesce(
             json_agg(items ORDER BY orders DESC, events DESC, "organizationId" COLLATE "C"), '[]'
           )
           FROM (
             SELECT nullif(listed.organization_id, '') AS "organizationId", listed.events,
                    listed.orders, listed."leftOut",
                    (
                      SELECT coalesce(json_agg(each ORDER BY currency COLLATE "C"), '[]')
                      FROM (
                        SELECT currency, ${REVENUE_TOTALS}
                        FROM asked
                        WHERE asked.organization_id = listed.organization_id
                          AND currency IS NOT NULL
                        GROUP BY currency
                      ) AS each
                    ) AS currencies
             FROM listed
           ) AS items
         ) AS items
`;

import {
  ASKED,
  FRESHNESS,
  LEFT_OUT,
  REVENUE_FIGURES,
  REVENUE_TOTALS,
} from './commerce-figures.sql.js';

const MONEY = `money AS (
    SELECT * FROM asked WHERE currency IS NOT NULL AND ($4::text IS NULL OR currency = $4)
  )`;

/** Totals by currency. Parameters as `ASKED`, $4 the currency or null. */
export const REVENUE_OF_CURRENCIES = `
  WITH ${ASKED}, ${MONEY}
  SELECT currency, ${REVENUE_TOTALS} FROM money GROUP BY currency ORDER BY currency COLLATE "C"
`;

/** The same with their days, and what is in no total. */
export const COMMERCE_REVENUE = `
  WITH ${ASKED}, ${MONEY},
  totals AS (SELECT currency, ${REVENUE_TOTALS} FROM money GROUP BY currency),
  days AS (
    SELECT currency, json_agg(to_jsonb(each) - 'currency' ORDER BY day) AS days
    FROM (
      SELECT currency, day::text, ${REVENUE_FIGURES}
      FROM money
      WHERE orders > 0 OR refunds > 0 OR cancellations > 0
      GROUP BY currency, day
    ) AS each
    GROUP BY currency
  )
  SELECT ${FRESHNESS},
         ${LEFT_OUT} AS "leftOut",
         (
           SELECT coalesce(json_agg(each ORDER BY currency COLLATE "C"), '[]')
           FROM (
             SELECT totals.*, coalesce(days, '[]') AS days
             FROM totals LEFT JOIN days USING (currency)
           ) AS each
         ) AS currencies
  FROM asked
`;

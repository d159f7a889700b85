import {
  ADMINISTRATORS_CLAIM,
  CATALOG_TABLES,
  type CatalogTable,
  PARTITIONED_TABLES,
  snakeCase,
} from '#libs/database';

/** $1 the event ids of the marks. */
export const MARKERS = `
  SELECT event_id AS "eventId", event_description AS "eventDescription",
         event_timestamp AS "timestamp"
  FROM checkout_events
  WHERE event_id = ANY($1::text[])
  ORDER BY event_timestamp
`;

/** Of each contract; those beside them are written with their rows. */
const RAW_TABLES = PARTITIONED_TABLES.filter(({ contract, table }) => contract !== table);

/**
 * Rows that were not received when the demo was. A demo was received before the day on which it is
 * made, whatever else comes to it later.
 */
const anyReceivedElse = (table: string): string => `EXISTS (
      SELECT FROM ${table} AS stored
      WHERE NOT EXISTS (
        SELECT FROM unnest($1::timestamptz[]) AS demo (received_at)
        WHERE demo.received_at = stored.received_at
      )
    )`;

/** What events say of the catalogue is theirs; the rest was put there. */
const anyPutInto = ({ name, values }: CatalogTable): string =>
  `EXISTS (SELECT FROM ${name} WHERE '${ADMINISTRATORS_CLAIM}' IN (${values
    .map((value) => `${snakeCase(value)}_claim`)
    .join(', ')}))`;

/**
 * Whether anything is there that the demo did not bring. Each part ends at the first row found.
 *
 * $1 the times at which the demo was received; $2 offer ids, $3 product ids and $4 producer ids of
 * its offers.
 */
export const ANYTHING_ELSE = `
  SELECT
    ${RAW_TABLES.map(({ table }) => anyReceivedElse(table)).join('\n    OR ')} AS events,
    ${anyReceivedElse('rejected_events')} AS "rejectedEvents",
    EXISTS (
      SELECT FROM offers AS stored
      WHERE deleted_at IS NULL AND NOT EXISTS (
        SELECT FROM unnest($2::text[], $3::text[], $4::text[])
          AS demo (offer_id, product_id, producer_id)
        WHERE demo.offer_id = stored.offer_id
          AND demo.product_id = stored.product_id
          AND demo.producer_id = stored.producer_id
      )
    ) AS offers,
    ${Object.values(CATALOG_TABLES).map(anyPutInto).join('\n    OR ')} AS "catalogEntries"
`;

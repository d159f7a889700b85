import { type EventTableFacts, spelt } from '../events/event-table.js';

/**
 * A page of a file, by id and then time, as the key of the table is: so each row is read once, by
 * the index, however many there are. $1 from and $2 to (exclusive); $3 and $4 the id and time of
 * the last row seen, or null; $5 how many; from $6 on a value for each of `conditions`, each of
 * which is SQL about `stored` for the parameter that it is given.
 */
export const exportPageOf = (
  events: EventTableFacts,
  conditions: readonly ((parameter: string) => string)[],
): string => {
  const time = `stored.${events.time}`;
  const id = `stored.${events.id.column}`;
  const asked = conditions.map((condition, i) => ` AND ${condition(`$${i + 6}`)}`);
  return `
    SELECT ${events.view}, ${spelt(time)} AS "positionTime", ${id} AS "positionId"
    FROM (
      SELECT *
      FROM ${events.table} AS stored
      WHERE ${time} >= $1::timestamptz AND ${time} < $2::timestamptz
        AND ($3::${events.id.type} IS NULL OR (${id}, ${time}) > ($3, $4::timestamptz))
        ${asked.join('')}
      ORDER BY ${id}, ${time}
      LIMIT $5
    ) AS stored ${joinsOf(events)}
    ORDER BY ${id}, ${time}
  `;
};

/** Of what is joined only the partitions of these days are opened. */
const joinsOf = ({ joins, joinedTime }: EventTableFacts): string =>
  joins === undefined ? '' : `${joins} AND ${joinedTime} >= $1 AND ${joinedTime} < $2`;

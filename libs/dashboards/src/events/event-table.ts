/** A raw table as its readers see it: all that a contract has to say to be listed. */
export interface EventTable<Row, View> extends EventTableFacts {
  /** A row of `view` as it is answered; `hidden` stands before each personal value. */
  readonly viewOf: (row: Row, hidden: Hide) => View;
}

/** Hides what is personal from whoever may not read it; what is not there is not hidden. */
export interface Hide {
  /** A value that is personal as it stands. */
  <Value>(value: Value | null): Value | string | null;
  /** A text or JSON in which personal data may stand. */
  inside<Value>(value: Value): Value;
  /** A value that is read only where it may be seen; whatever it is, that there is none included. */
  unread(read: () => unknown): unknown;
}

export interface EventTableFacts {
  readonly contract: string;
  readonly table: string;
  /** `SELECT` list of one event, in the words of the API; `stored` is the table. */
  readonly view: string;
  /** Tables that belong to it, joined for the view; ends with a condition, so that `AND` may follow. */
  readonly joins?: string;
  /** The column by which a joined table is partitioned: it holds the same time. */
  readonly joinedTime?: string;
  /** What tells two events of one time apart, and its type. */
  readonly id: { readonly column: string; readonly type: 'text' | 'uuid' };
  /** The column that the table is partitioned by. */
  readonly time: string;
  /** What senders call the event: its column, and its type where that is no text. */
  readonly eventId: string;
  readonly eventIdType?: 'text' | 'uuid';
  /** The column that each question of a list or of a file asks for, by the question's name. */
  readonly filters: Readonly<Record<string, string>>;
  /** Those of the filters that an index answers. */
  readonly indexed: readonly string[];
}

/** In full precision: JavaScript's times would cut the microseconds that a cursor needs. */
export const spelt = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * Newest first; what is joined is joined to the page alone. $1 from and $2 to (exclusive), or null; $3 and $4 the time and id of the last row
 * seen, or null; $5 how many; from $6 on a value for each of `asked`.
 */
export const listOf = (events: EventTableFacts, asked: readonly string[]): string => {
  const time = `stored.${events.time}`;
  const id = `stored.${events.id.column}`;
  const filters = asked.map((name, i) => ` AND stored.${events.filters[name]} = $${i + 6}`);
  return `
    SELECT ${events.view}, ${spelt(time)} AS "positionTime", ${id} AS "positionId"
    FROM (
      SELECT *
      FROM ${events.table} AS stored
      WHERE ($1::timestamptz IS NULL OR ${time} >= $1)
        AND ($2::timestamptz IS NULL OR ${time} < $2)
        AND ($3::timestamptz IS NULL OR (${time}, ${id}) < ($3, $4::${events.id.type}))
        ${filters.join('')}
      ORDER BY ${time} DESC, ${id} DESC
      LIMIT $5
    ) AS stored ${events.joins ?? ''}
    ORDER BY ${time} DESC, ${id} DESC
  `;
};

/**
 * All that is known of one id, the stored ones first. $1 the id, as the sender made it; $2 the same
 * as the table has it, or null where the table can hold no such id.
 */
export const tracesOf = ({
  contract,
  table,
  time,
  eventId,
  eventIdType = 'text',
}: EventTableFacts): string => `
  SELECT 'stored' AS state, received_at AS "receivedAt", created_at AS "storedAt",
         ${time} AS "eventTime", NULL AS reason
  FROM ${table}
  WHERE ${eventId} = $2::${eventIdType}
  UNION ALL
  SELECT state, received_at, NULL, NULL, reason
  FROM rejected_events
  WHERE event_id = $1 AND contract = '${contract}' AND state <> 'resolved'
  ORDER BY "storedAt" NULLS LAST, "receivedAt"
  LIMIT 100
`;

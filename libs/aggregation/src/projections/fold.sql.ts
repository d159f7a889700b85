import { snakeCase } from '#libs/database';

/** How a column is made of some events, and how what was folded before and after is put together. */
export interface FoldedColumn {
  /**
   * Over the events of a key, whose moments are `counted_at`. Where it looks for one `moment` of
   * them, it is told the column that holds it in each of these events.
   */
  readonly select: string | ((moment: string) => string);
  /** An aggregate over the same events. */
  readonly moment?: string;
  /** Of `stored` and `excluded`; must not depend on the order in which they come. */
  readonly merge: (column: string) => string;
}

const filter = (when: string | undefined): string =>
  when === undefined ? '' : ` FILTER (WHERE ${when})`;

/** When something happened first; null while it did not. LEAST ignores null. */
export const firstTime = (when?: string): FoldedColumn => ({
  select: `min(counted_at)${filter(when)}`,
  merge: (column) => `least(stored.${column}, excluded.${column})`,
});

export const lastTime = (when?: string): FoldedColumn => ({
  select: `max(counted_at)${filter(when)}`,
  merge: (column) => `greatest(stored.${column}, excluded.${column})`,
});

/** Whether something happened at all. */
export const ever = (when: string): FoldedColumn => ({
  select: `coalesce(bool_or(${when}), false)`,
  merge: (column) => `stored.${column} OR excluded.${column}`,
});

/**
 * The first value that was said, null while none was; of several at the same moment the least, so
 * that no order matters. `at` is the column that holds its moment: `firstTime` of the same events.
 */
export const firstValue = (value: string, at: string, when = 'true'): FoldedColumn =>
  valueAt(value, at, when, { extreme: 'min', wins: '<' });

/** The last value that was said; of several at the same moment the greatest. */
export const lastValue = (value: string, at: string, when = 'true'): FoldedColumn =>
  valueAt(value, at, when, { extreme: 'max', wins: '>' });

/**
 * What happened, each thing once: the first `most` in the order of `text`, null while there is none.
 * A set can be folded again and again, where a count cannot.
 */
export const firstOnes = (text: string, when: string, most: number): FoldedColumn => ({
  // Sorted only where there are some: an aggregate that sorts costs its sorting for every key.
  select: `CASE WHEN bool_or(${when}) THEN ARRAY(
        SELECT each FROM unnest(array_agg(${text})${filter(when)}) AS each
        ORDER BY each COLLATE "C" LIMIT ${most}
      ) END`,
  merge: (column) => `CASE WHEN excluded.${column} IS NULL THEN stored.${column} ELSE ARRAY(
        SELECT DISTINCT each COLLATE "C" FROM unnest(stored.${column} || excluded.${column}) AS each
        ORDER BY 1 LIMIT ${most}
      ) END`,
});

/** By the moment and not by `array_agg(… ORDER BY …)`, which sorts for every key and column. */
function valueAt(
  value: string,
  at: string,
  when: string,
  { extreme, wins }: { readonly extreme: 'min' | 'max'; readonly wins: '<' | '>' },
): FoldedColumn {
  return {
    moment: `${extreme}(counted_at)${filter(`(${when}) AND ${value} IS NOT NULL`)}`,
    select: (moment) => `${extreme}(${value})${filter(`(${when}) AND counted_at = ${moment}`)}`,
    merge: (column) =>
      `CASE WHEN stored.${at} IS NULL OR ` +
      `(excluded.${at}, excluded.${column}) ${wins} (stored.${at}, stored.${column}) ` +
      `THEN excluded.${column} ELSE stored.${column} END`,
  };
}

/** A projection: one row a key, folded from the events of a contract. Fields are in camelCase. */
export interface FoldFacts {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, FoldedColumn>>;
  /** The column whose UTC day is the row's. */
  readonly dayOf: string;
  /** The rollups that count these rows by day. */
  readonly rollups: readonly string[];
  /** Those of them that need not hurry: dashboards read these rows until they are counted. */
  readonly atLeisure?: readonly string[];
  /**
   * The column of a row's last event, `dayOf` being that of its first: touches the days of all
   * events, for rollups that count events too. Absent where the days of rows will do.
   */
  readonly eventsUntil?: string;
}

/** What a fold changes, added to figures of rollups in the same statement. */
export interface Differences {
  /** SQL over `rollup` and `day`: whether its figures hold all of it then. */
  readonly isCounted: string;
  /**
   * SQL of CTEs over `versions`: the rows that changed, with `sign` 1 as they are now and -1 as they
   * were before; `source` is SQL of the events that are folded.
   */
  readonly ctes: (source: string) => string;
}

const listOf = (fields: readonly string[], alias?: string): string =>
  fields.map((field) => (alias ? `${alias}.` : '') + snakeCase(field)).join(', ');

/** One row a key, of the events of `source`, which is SQL that has `counted_at`. */
function foldedFrom({ key, columns }: FoldFacts, source: string): string {
  const moments = [...new Set(Object.values(columns).flatMap(({ moment }) => moment ?? []))];
  const nameOf = (moment = ''): string => `moment_${moments.indexOf(moment)}`;
  const selected = Object.entries(columns).map(([field, { select, moment }]) => {
    const value = typeof select === 'string' ? select : select(nameOf(moment));
    return `${value} AS ${snakeCase(field)}`;
  });
  return `
  SELECT ${listOf(key)},
         ${selected.join(',\n         ')}
  FROM (
    SELECT ${['*', ...moments.map((moment) => `${moment} OVER of_key AS ${nameOf(moment)}`)].join(',\n           ')}
    FROM (${source}) AS events
    WINDOW of_key AS (PARTITION BY ${listOf(key)})
  ) AS events
  GROUP BY ${listOf(key)}
`;
}

/**
 * Notes the days of `moments`, so that these rollups recount them. `since` is SQL: when the oldest
 * of what touches them was stored. `of` names other moments than those of the rows themselves:
 * `sessions` stands for `sessions_moments`. `isCounted` is SQL: whether figures hold it already.
 */
export const touchedDays = (
  {
    rollups,
    atLeisure = [],
    of,
  }: Pick<FoldFacts, 'rollups' | 'atLeisure'> & { readonly of?: string },
  since = 'now()',
  isCounted = 'false',
): string => {
  const named = (what: string): string => (of === undefined ? what : `${of}_${what}`);
  const canWait = [isCounted, ...atLeisure.map((rollup) => `rollup = '${rollup}'`)].join(' OR ');
  return `${named('days')} AS (
    SELECT DISTINCT (moment AT TIME ZONE 'UTC')::date AS day FROM ${named('moments')}
  ),
  ${named('touched')} AS (
    INSERT INTO touched_days AS stored (rollup, day, touched_at, is_counted)
    SELECT rollup, day, ${since}, ${canWait}
    FROM ${named('days')} CROSS JOIN unnest('{${rollups.join(', ')}}'::text[]) AS rollup
    ORDER BY rollup, day
    -- Locks a row that is there already: a recount of that day must see what is folded here.
    ON CONFLICT (rollup, day) DO UPDATE SET
      touched_at = CASE WHEN stored.is_counted AND NOT excluded.is_counted THEN excluded.touched_at
                        ELSE least(stored.touched_at, excluded.touched_at) END,
      is_counted = stored.is_counted AND excluded.is_counted
  )`;
};

/**
 * CTEs that write `changed`: rows that are new, and others over those that stand there. New ones as
 * such, since ON CONFLICT looks for each first, and writes twice that it is there.
 */
export const written = ({
  table,
  key,
  columns,
}: Record<'key' | 'columns', readonly string[]> & { readonly table: string }): string => {
  const all = [...key, ...columns].join(', ');
  return `added AS (
    INSERT INTO ${table} (${all})
    SELECT ${all} FROM changed WHERE is_new
    ORDER BY ${key.join(', ')}
  ),
  replaced AS (
    INSERT INTO ${table} (${all})
    SELECT ${all} FROM changed WHERE NOT is_new
    ORDER BY ${key.join(', ')}
    ON CONFLICT (${key.join(', ')}) DO UPDATE SET
      ${columns.map((column) => `${column} = excluded.${column}`).join(',\n      ')}
  )`;
};

/**
 * Folds the events of `source` into their rows, and notes the days that change, old and new ones.
 * Answers how many rows changed, and those days; folding the same again changes no row, and notes no
 * day but those of events (`eventsUntil`). `since` is SQL: when the oldest of the events was stored,
 * where they are new. Nobody else may change these rows meanwhile: who folds has the cursor.
 *
 * `differences` are for events that were never folded before: counts of events would be twice as many.
 */
export function foldStatement(
  facts: FoldFacts,
  source: string,
  since = 'now()',
  differences?: Differences,
): string {
  const { table, key, columns, dayOf } = facts;
  const fields = Object.keys(columns);
  const names = fields.map(snakeCase);
  const merged = mergedOf(facts);
  const day = snakeCase(dayOf);
  // Where the day is a part of the key, or nobody asks, a row does not leave one.
  const leavesDays = !key.includes(dayOf) && facts.rollups.length > 0;
  const isNew = `stored.${snakeCase(key[0]!)} IS NULL`;
  const was = (name: string): string => `(was).${name}`;
  return `
  WITH incoming AS MATERIALIZED (${foldedFrom(facts, source)}),
  changed AS MATERIALIZED (
    SELECT * FROM (
      SELECT ${listOf(key, 'excluded')},
             ${names
               .map(
                 (name, index) =>
                   `CASE WHEN ${isNew} THEN excluded.${name} ELSE ${merged[index]} END AS ${name}`,
               )
               .join(',\n             ')},
             ${isNew} AS is_new, was
      FROM incoming AS excluded
      -- By its index, whatever the planner thinks of how many there are.
      LEFT JOIN LATERAL (
        SELECT each.*, each AS was FROM ${table} AS each
        WHERE (${listOf(key, 'each')}) = (${listOf(key, 'excluded')})
        OFFSET 0
      ) AS stored ON true
      OFFSET 0
    ) AS merged
    WHERE is_new OR (${names.join(', ')}) IS DISTINCT FROM (${names.map(was).join(', ')})
  ),
  ${written({ table, key: key.map(snakeCase), columns: names })},
  moments AS (
    SELECT ${day} AS moment FROM changed
    ${leavesDays ? `UNION ALL SELECT ${was(day)} FROM changed WHERE NOT is_new` : ''}
    ${daysOfEvents(facts, source)}
  ),
  ${differences ? differencesOf(facts, source, differences) : ''}
  ${touchedDays(facts, since, differences?.isCounted)}
  SELECT (SELECT count(*)::int FROM changed) AS rows,
         ARRAY(SELECT day::text FROM days ORDER BY day) AS days
`;
}

function differencesOf({ key, columns }: FoldFacts, source: string, { ctes }: Differences): string {
  const names = [...key, ...Object.keys(columns)].map(snakeCase);
  return `versions AS (
    SELECT 1 AS sign, ${names.join(', ')} FROM changed
    UNION ALL
    SELECT -1, ${names.map((name) => `(was).${name}`).join(', ')} FROM changed WHERE NOT is_new
  ),
  ${ctes(source)},`;
}

/** Events between the first and the last of a row are looked for where these are days apart only. */
function daysOfEvents({ dayOf, eventsUntil }: FoldFacts, source: string): string {
  if (eventsUntil === undefined) return '';
  const [first, last] = [snakeCase(dayOf), snakeCase(eventsUntil)];
  return `UNION ALL SELECT ${first} FROM incoming
    UNION ALL SELECT ${last} FROM incoming
    UNION ALL SELECT counted_at FROM (${source}) AS events
    WHERE EXISTS (SELECT FROM incoming WHERE ${last} - ${first} > interval '1 day')`;
}

/**
 * Removes the rows of a day that are not what `source` makes of their events. $1 the day's
 * beginning and $5 its end; $2 the end of what `source` holds: rows that go on after that are left
 * alone. `slice` is the condition that `source` was cut by. Answers how many were removed.
 */
export function pruneStatement(
  facts: FoldFacts,
  { source, slice, lastTimeOf }: { source: string; slice: string; lastTimeOf: string },
): string {
  const { table, key, columns, dayOf } = facts;
  const fields = Object.keys(columns);
  const day = snakeCase(dayOf);
  return `
  WITH recounted AS MATERIALIZED (${foldedFrom(facts, source)}),
  pruned AS (
    DELETE FROM ${table} AS stored
    WHERE ${day} >= $1::timestamptz AND ${day} < $5::timestamptz
      AND ${snakeCase(lastTimeOf)} < $2::timestamptz AND ${slice}
      AND NOT EXISTS (
        SELECT FROM recounted
        WHERE (${listOf(key, 'recounted')}) = (${listOf(key, 'stored')})
          AND (${listOf(fields, 'recounted')}) IS NOT DISTINCT FROM (${listOf(fields, 'stored')})
      )
    RETURNING 1
  )
  SELECT count(*)::int AS rows FROM pruned
`;
}

/** The events of a recount, as `mendStatement` wants them. */
export interface RecountedEvents {
  /** SQL of the events of the day, from $1 until $5, that have `counted_at`. */
  readonly ofTheDay: string;
  /** The same of the day after it: from $5 until $2. Absent where a row is of one day. */
  readonly ofTheDayAfter?: string;
  /** The condition that both were cut by. */
  readonly slice: string;
  /** The column that holds the moment of a row's last event. */
  readonly lastTimeOf: string;
}

/** Of `stored` and `excluded`, column by column. */
const mergedOf = ({ columns }: FoldFacts): readonly string[] =>
  Object.entries(columns).map(([field, { merge }]) => merge(snakeCase(field)));

/**
 * What the events of the day, and of the day after it, make of the rows that began on the day, or
 * are said to: `incoming`. Each day is folded alone, since few rows go on after midnight.
 */
function incomingOf(
  facts: FoldFacts,
  { ofTheDay, ofTheDayAfter, slice }: RecountedEvents,
  isOfTheDay: string,
): string {
  const { table, key, columns } = facts;
  if (ofTheDayAfter === undefined)
    return `incoming AS MATERIALIZED (${foldedFrom(facts, ofTheDay)})`;
  const fields = Object.keys(columns);
  const merged = mergedOf(facts).map((merge, index) => `${merge} AS ${snakeCase(fields[index]!)}`);
  const notIn = (other: string): string =>
    `(${listOf(key)}) NOT IN (SELECT ${listOf(key)} FROM ${other})`;
  return `of_the_day AS MATERIALIZED (${foldedFrom(facts, ofTheDay)}),
  gone_on AS MATERIALIZED (${foldedFrom(
    facts,
    `
    -- Apart from the rest, whatever the planner thinks of how many there are.
    SELECT * FROM (SELECT * FROM (${ofTheDayAfter}) AS each OFFSET 0) AS events
    WHERE (${listOf(key)}) IN (
      SELECT ${listOf(key)} FROM of_the_day
      UNION ALL
      SELECT ${listOf(key)} FROM ${table} WHERE ${isOfTheDay} AND ${slice}
    )`,
  )}),
  incoming AS NOT MATERIALIZED (
    SELECT ${listOf([...key, ...fields])} FROM of_the_day WHERE ${notIn('gone_on')}
    UNION ALL
    SELECT ${listOf([...key, ...fields])} FROM gone_on WHERE ${notIn('of_the_day')}
    UNION ALL
    SELECT ${listOf(key)}, ${merged.join(', ')}
    FROM of_the_day AS stored JOIN gone_on AS excluded USING (${listOf(key)})
  )`;
}

/**
 * Makes the rows of a day what their events make of them, in one statement that folds each event
 * once: rows are added, changed and removed. Of rows that began earlier, or go on after both days,
 * not all events are read: they are folded into, as `foldStatement` does. Notes the days that
 * change, and answers as that does.
 */
export function mendStatement(facts: FoldFacts, events: RecountedEvents): string {
  const { table, key, columns, dayOf } = facts;
  const { slice, lastTimeOf } = events;
  const fields = Object.keys(columns);
  const names = fields.map(snakeCase);
  const merged = mergedOf(facts);
  const day = snakeCase(dayOf);
  const isOfTheDay = (row: string): string =>
    `${row}${day} >= $1::timestamptz AND ${row}${day} < $5::timestamptz`;
  const isWhole = `${isOfTheDay('stored.')} AND stored.${snakeCase(lastTimeOf)} < $2::timestamptz`;
  const isNew = `stored.${snakeCase(key[0]!)} IS NULL`;
  return `
  WITH ${incomingOf(facts, events, isOfTheDay(''))},
  corrected AS MATERIALIZED (
    SELECT ${listOf(key, 'excluded')},
           ${names
             .map(
               (name, index) =>
                 `CASE WHEN ${isNew} OR is_whole THEN excluded.${name} ELSE ${merged[index]} END AS ${name}`,
             )
             .join(',\n           ')},
           stored.${day} AS was
    FROM incoming AS excluded
    -- By its index, whatever the planner thinks of how many there are.
    LEFT JOIN LATERAL (
      SELECT * FROM ${table} AS each
      WHERE (${listOf(key, 'each')}) = (${listOf(key, 'excluded')})
      OFFSET 0
    ) AS stored ON true
    CROSS JOIN LATERAL (SELECT ${isWhole} AS is_whole) AS judged
    WHERE ${isNew} OR (${listOf(fields, 'stored')}) IS DISTINCT FROM (${listOf(fields, 'excluded')})
      AND (is_whole OR (${listOf(fields, 'stored')}) IS DISTINCT FROM (${merged.join(', ')}))
  ),
  gone AS (
    DELETE FROM ${table} AS stored
    WHERE ${isWhole} AND ${slice}
      AND (${listOf(key, 'stored')}) NOT IN (SELECT ${listOf(key)} FROM incoming)
    RETURNING ${day}
  ),
  written AS (
    INSERT INTO ${table} (${listOf([...key, ...fields])})
    SELECT ${listOf([...key, ...fields])} FROM corrected
    ORDER BY ${listOf(key)}
    ON CONFLICT (${listOf(key)}) DO UPDATE SET
      ${names.map((name) => `${name} = excluded.${name}`).join(',\n      ')}
  ),
  moments AS (
    SELECT ${day} AS moment FROM corrected
    UNION ALL SELECT was FROM corrected WHERE was IS NOT NULL
    UNION ALL SELECT ${day} FROM gone
  ),
  ${touchedDays(facts)}
  SELECT (SELECT count(*) FROM corrected)::int + (SELECT count(*) FROM gone)::int AS rows,
         ARRAY(SELECT day::text FROM days ORDER BY day) AS days
`;
}

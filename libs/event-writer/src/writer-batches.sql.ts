/**
 * What a transaction stored. `created_at` is its now(), as of the rows.
 * $1 contract; $2, $3 least and greatest event time as text; $4 stored, $5 duplicates,
 * $6 conflicts, $7 rejected.
 */
export const ADD_WRITER_BATCH = {
  name: 'add_writer_batch',
  text: `
  INSERT INTO writer_batches
    (contract, least_event_time, greatest_event_time, stored, duplicates, conflicts, rejected)
  VALUES ($1, $2::timestamptz, $3::timestamptz, $4, $5, $6, $7)
`,
};

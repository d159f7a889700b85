import { spelt } from '../events/event-table.js';

/** $1 kind of caller, $2 its id, $3 source, $4 question, $5 how many. */
export const NOTE_ACCESS = `
  INSERT INTO personal_data_accesses (caller_kind, caller_id, source, question, items)
  VALUES ($1, $2, $3, $4::jsonb, $5)
`;

/**
 * The newest first. $1 from and $2 to (exclusive), or null; $3 and $4 time and id of the last one
 * seen, or null; $5 how many.
 */
export const LIST_ACCESSES = `
  SELECT id::text, at, caller_kind AS "callerKind", caller_id AS "callerId", source, question, items,
         ${spelt('at')} AS "positionTime"
  FROM personal_data_accesses
  WHERE ($1::timestamptz IS NULL OR at >= $1)
    AND ($2::timestamptz IS NULL OR at < $2)
    AND ($3::timestamptz IS NULL OR (at, id) < ($3, $4::bigint))
  ORDER BY personal_data_accesses.at DESC, personal_data_accesses.id DESC
  LIMIT $5
`;

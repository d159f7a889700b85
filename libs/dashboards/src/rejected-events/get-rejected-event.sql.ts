import { ITEM } from './list-rejected-events.sql.js';

/** $1 the id. */
export const GET_REJECTED_EVENT = `
  SELECT ${ITEM}, raw, detail, receipt
  FROM rejected_events
  WHERE id = $1
`;

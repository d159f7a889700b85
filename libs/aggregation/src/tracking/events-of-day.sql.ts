import { countedBetween } from '#libs/database';
import { isFoldedBy } from '../projections/event-source.sql.js';

/**
 * The tracking events of a day that `page-visits` has folded: what is counted of them, agrees with
 * its visits. $1 the day.
 */
export const EVENTS_OF_DAY = `
  SELECT * FROM ${countedBetween(
    'tracking',
    '$1::date::timestamptz',
    '($1::date + 1)::timestamptz',
  )} AS counted
  WHERE ${isFoldedBy('page-visits')}
`;

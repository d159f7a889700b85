import { PageQuery } from '../page.dto.js';
import { InstantField } from '../query-fields.js';

/** What every list of stored events may be asked. */
export class ListEventsQuery extends PageQuery {
  @InstantField({
    description:
      'The earliest event time: a day of UTC (`2026-01-31`) or a time with its zone ' +
      '(`2026-01-31T12:00:00Z`).',
    optional: true,
  })
  readonly from?: string;

  @InstantField({
    description:
      'Only events before this time. A day means its beginning, so the day itself is left out.',
    optional: true,
  })
  readonly to?: string;
}

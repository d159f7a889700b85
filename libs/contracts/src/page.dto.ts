import { TextField } from './fields.js';
import { WholeNumberField } from './query-fields.js';

/** What every list can be asked. */
export class PageQuery {
  @WholeNumberField({
    description: 'How many items at most.',
    minimum: 1,
    maximum: 1000,
    default: 100,
    optional: true,
  })
  readonly limit: number = 100;

  @TextField({
    description: '`nextCursor` of the page before; absent for the first page.',
    maxLength: 1000,
    optional: true,
  })
  readonly cursor?: string;
}

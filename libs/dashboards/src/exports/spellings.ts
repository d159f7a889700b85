import type { ExportFormat } from '#libs/contracts';
import { stringify } from 'csv-stringify/sync';
import type { FileOf } from './exported-events.js';
import { inert } from './inert.js';

/** How a file begins, and how it goes on. */
export interface Spelling<View> {
  readonly head: string;
  readonly spell: (views: readonly View[]) => string;
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A file of events: a line each. */
export const spellingOf = <View extends object>(
  file: FileOf<View>,
  format: ExportFormat,
): Spelling<View> => (format === 'csv' ? inCsv(file) : IN_NDJSON);

const IN_NDJSON: Spelling<object> = {
  head: '',
  spell: (views) => views.map((view) => `${JSON.stringify(view)}\n`).join(''),
};

/** RFC 4180, and no cell that a spreadsheet would run. What is no text but a number stays one. */
function inCsv<View extends object>({ example, numbers = [] }: FileOf<View>): Spelling<View> {
  const ofNumbers: ReadonlySet<unknown> = new Set(numbers);
  const options = {
    columns: Object.keys(example),
    record_delimiter: 'windows',
    cast: {
      string: (text: string, { column }: { readonly column?: unknown }) =>
        ofNumbers.has(column) && NUMBER.test(text) ? text : inert(text),
      boolean: String,
      object: (json: object) => inert(JSON.stringify(json)),
    },
  };
  return {
    head: stringify([], { ...options, header: true }),
    spell: (views) => stringify([...views], options),
  };
}

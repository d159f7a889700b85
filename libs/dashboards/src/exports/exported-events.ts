import type { EventTable } from '../events/event-table.js';

/** How the events of a contract look in a file. */
export interface FileOf<View extends object> {
  /** One with every column, in the order of the file. */
  readonly example: View;
  /** Columns whose texts are numbers, kept as they were sent. */
  readonly numbers?: readonly (keyof View & string)[];
}

/** A raw table as it becomes a file: its rows as the lists show them, and what may be asked of it. */
export interface ExportedEvents<Row, View extends object> extends FileOf<View> {
  readonly events: EventTable<Row, View>;
  /** Questions that no column answers by itself: SQL about `stored`, for a parameter. */
  readonly conditions?: Readonly<Record<string, (parameter: string) => string>>;
}

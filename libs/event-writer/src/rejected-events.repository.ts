import type { Queries } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { arrayLiteral } from './array-literal.js';
import { KEEP_REJECTED_EVENTS, REJECTED_EVENT_COLUMNS } from './rejected-events.sql.js';
import type { NewRejectedEvent } from './rejected-row.js';

/** Puts records into `rejected_events`. */
@Injectable()
export class RejectedEventsRepository {
  /** Keeps each once, whatever is delivered again. Sorted: two writers must not deadlock. */
  async keep(queries: Queries, rows: readonly NewRejectedEvent[]): Promise<void> {
    if (rows.length === 0) return;
    const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const columns = REJECTED_EVENT_COLUMNS.map((column) => arrayLiteral(sorted, column));
    await queries.query(KEEP_REJECTED_EVENTS, columns);
  }
}

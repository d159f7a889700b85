import type { Queries, Statement } from '#libs/database';
import type { EventRecord } from '#libs/event-log';
import type { RetryOf } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { arrayLiteral } from './array-literal.js';
import {
  HOLD_RETRIED_EVENTS,
  KEEP_REJECTED_EVENTS,
  KEEP_RETRIED_EVENTS,
  REJECTED_EVENT_COLUMNS,
  RESOLVE_RETRIED_EVENTS,
} from './rejected-events.sql.js';
import type { NewRejectedEvent } from './rejected-row.js';

/** Puts records into `rejected_events`, and marks those that were tried again. */
@Injectable()
export class RejectedEventsRepository {
  /** Keeps each once, whatever is delivered again. */
  async keep(queries: Queries, rows: readonly NewRejectedEvent[]): Promise<void> {
    const firsts = rows.filter(({ attempts }) => attempts === 0);
    const retried = lastOfEach(rows.filter(({ attempts }) => attempts > 0));
    await insert(queries, KEEP_REJECTED_EVENTS, firsts);
    await insert(queries, KEEP_RETRIED_EVENTS, retried);
  }

  /** Keeps everybody else from the rows of which these are retries, until the transaction ends. */
  async hold(queries: Queries, records: readonly EventRecord[]): Promise<void> {
    const ids = retriesOf(records).map(({ id }) => id);
    if (ids.length > 0) await queries.query(HOLD_RETRIED_EVENTS, [ids]);
  }

  /** Marks the rows of which these are retries: they are in a raw table now. */
  async resolve(queries: Queries, records: readonly EventRecord[]): Promise<void> {
    const retries = retriesOf(records);
    if (retries.length === 0) return;
    const columns = [retries.map(({ id }) => id), retries.map(({ attempt }) => attempt)];
    await queries.query(RESOLVE_RETRIED_EVENTS, columns);
  }
}

/** Sorted: two writers must not deadlock. */
async function insert(
  queries: Queries,
  statement: Statement,
  rows: readonly NewRejectedEvent[],
): Promise<void> {
  if (rows.length === 0) return;
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const columns = REJECTED_EVENT_COLUMNS.map((column) => arrayLiteral(sorted, column));
  await queries.query(statement, columns);
}

const retriesOf = (records: readonly EventRecord[]): RetryOf[] =>
  lastOfEach(records.flatMap(({ receipt: { retryOf } }) => retryOf ?? []));

/** One statement cannot change a row twice. */
const lastOfEach = <Retried extends { readonly id: string }>(
  retried: readonly Retried[],
): Retried[] => [...new Map(retried.map((each) => [each.id, each])).values()];

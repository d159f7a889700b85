import { type EventFate, isUuid } from '#libs/contracts';
import { Database } from '#libs/database';
import type { Position } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { type EventTable, type EventTableFacts, listOf, tracesOf } from './event-table.js';

const DAY_MS = 86_400_000;

/** How far back to look for the newest events, in days, until enough are found. Null: everything. */
const SPANS = [1, 7, 60, null] as const;

/** What the list of a contract may be asked, beside the filters of its own. */
export interface EventQuestion {
  readonly from?: string;
  readonly to?: string;
}

/** A row of the view, and where a page would go on behind it. */
export type StoredEvent<Row> = Row & {
  readonly positionTime: string;
  readonly positionId: string;
};

/** One thing that is known of an event id. */
export interface Trace {
  readonly state: EventFate;
  readonly receivedAt: Date;
  readonly storedAt: Date | null;
  readonly eventTime: Date | null;
  readonly reason: string | null;
}

/** Single events of any raw table. */
@Injectable()
export class EventsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Newest first, after `position`. Without a beginning, or a filter that an index answers, the
   * newest days are read first: most partitions are then never opened.
   */
  async newest<Row>(
    events: EventTable<Row, unknown>,
    question: EventQuestion,
    position: Position | null,
    limit: number,
  ): Promise<StoredEvent<Row>[]> {
    const values = filtersOf(events, question);
    const read = (from: string | null): Promise<StoredEvent<Row>[]> =>
      this.database.query(listOf(events, Object.keys(values)), [
        from,
        question.to ?? null,
        position?.time ?? null,
        position?.id ?? null,
        limit,
        ...Object.values(values),
      ]);
    const isNarrow = events.indexed.some((name) => Object.hasOwn(values, name));
    if (question.from !== undefined || isNarrow) return read(question.from ?? null);
    const end = Math.min(
      position ? Date.parse(position.time) : Infinity,
      question.to ? Date.parse(question.to) : Date.now(),
    );
    for (const days of SPANS) {
      const start = days === null ? null : startOf(end, days);
      const rows = await read(start);
      if (rows.length === limit || start === null) return rows;
    }
    return [];
  }

  traces(events: EventTableFacts, eventId: string): Promise<Trace[]> {
    const isPossible = events.eventIdType !== 'uuid' || isUuid(eventId);
    return this.database.query<Trace>(tracesOf(events), [eventId, isPossible ? eventId : null]);
  }
}

const EARLIEST = Date.parse('0001-01-01T00:00:00Z');

const startOf = (end: number, days: number): string =>
  new Date(Math.max(EARLIEST, end - days * DAY_MS)).toISOString();

function filtersOf(events: EventTableFacts, question: EventQuestion): Record<string, unknown> {
  const asked = Object.entries(question).filter(
    ([name, value]) => Object.hasOwn(events.filters, name) && value !== undefined,
  );
  return Object.fromEntries(asked);
}

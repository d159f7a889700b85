import {
  type EventReceiptItem,
  type EventReceiptView,
  inWords,
  isUuid,
  type PageQuery,
} from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import type { EventTable, EventTableFacts } from './event-table.js';
import {
  type EventQuestion,
  EventsRepository,
  type StoredEvent,
  type Trace,
} from './events.repository.js';
import { hideFrom } from './hide.js';
import { cursorOf, positionOf } from '#libs/platform';

/** A page of a list, in the words of every list. */
export interface Page<View> {
  readonly items: readonly View[];
  readonly nextCursor: string | null;
}

/** Single stored events of any contract, and what became of one. */
@Injectable()
export class Events {
  constructor(private readonly repository: EventsRepository) {}

  /** @throws ContractBreachError for a cursor that is not of this list. */
  async list<Row, View>(
    events: EventTable<Row, View>,
    query: PageQuery & EventQuestion,
    readsPersonalData: boolean,
  ): Promise<Page<View>> {
    const position = positionOf(query.cursor, events.id.type === 'uuid' ? isUuid : undefined);
    // One more than asked for tells whether there is a next page.
    const rows = await this.repository.newest(events, query, position, query.limit + 1);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const hide = hideFrom(readsPersonalData);
    const more = rows.length > page.length && last !== undefined;
    return {
      items: page.map((row) => events.viewOf(withoutPosition(row), hide)),
      nextCursor: more ? cursorOf({ time: last.positionTime, id: last.positionId }) : null,
    };
  }

  async receipt(events: EventTableFacts, eventId: string): Promise<EventReceiptView> {
    const items = (await this.repository.traces(events, eventId)).map(itemOf);
    return { eventId, state: items[0]?.state ?? 'not_known_yet', items };
  }
}

const withoutPosition = <Row>({
  positionTime: _time,
  positionId: _id,
  ...row
}: StoredEvent<Row>): Row => row as unknown as Row;

const itemOf = ({ state, receivedAt, storedAt, eventTime, reason }: Trace): EventReceiptItem => ({
  state,
  receivedAt: receivedAt.toISOString(),
  storedAt: storedAt?.toISOString() ?? null,
  eventTime: eventTime?.toISOString() ?? null,
  reason,
  explanation: explanationOf(state, reason),
});

/** Why it is not stored and what to do, in the catalogue's words. */
function explanationOf(state: Trace['state'], reason: string | null): string | null {
  if (state === 'stored' || reason === null) return null;
  const { explanation, advice } = inWords(state, reason);
  return `${explanation} ${advice}`;
}

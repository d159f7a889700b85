import {
  type CheckoutEventPage,
  type CheckoutEventView,
  type EventReceiptItem,
  type EventReceiptView,
  inWords,
  type ListCheckoutEventsQuery,
} from '#libs/contracts';
import { cursorOf, positionOf } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import {
  CheckoutEventsRepository,
  type StoredCheckoutEvent,
  type Trace,
} from './checkout-events.repository.js';

/** What stands instead of personal data where the caller may not read it. */
const REDACTED = '[redacted]';

/** Single stored checkout events, and what became of one. */
@Injectable()
export class CheckoutEvents {
  constructor(private readonly repository: CheckoutEventsRepository) {}

  /** @throws ContractBreachError for a cursor that is not of this list. */
  async list(
    query: ListCheckoutEventsQuery,
    readsPersonalData: boolean,
  ): Promise<CheckoutEventPage> {
    const position = positionOf(query.cursor);
    // One more than asked for tells whether there is a next page.
    const rows = await this.repository.newest(query, position, query.limit + 1);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const more = rows.length > page.length && last !== undefined;
    return {
      items: page.map((row) => viewOf(row, readsPersonalData)),
      nextCursor: more ? cursorOf({ time: last.timestamp, id: last.eventId }) : null,
    };
  }

  async receipt(eventId: string): Promise<EventReceiptView> {
    const items = (await this.repository.traces(eventId)).map(itemOf);
    return { eventId, state: items[0]?.state ?? 'not_known_yet', items };
  }
}

function viewOf(row: StoredCheckoutEvent, readsPersonalData: boolean): CheckoutEventView {
  const hidden = (value: string | null): string | null =>
    readsPersonalData || value === null ? value : REDACTED;
  return {
    ...row,
    email: hidden(row.email),
    phone: hidden(row.phone),
    ipAddress: hidden(row.ipAddress),
    timestamp: row.timestamp.getTime(),
    receivedAt: row.receivedAt.toISOString(),
  };
}

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

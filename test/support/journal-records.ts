import type { AcceptedEvent, EventRecord } from '#libs/event-log';

let sequence = 0;

/** An event as the log carries it; `eventId` names it in assertions. */
export const anEventRecord = (
  eventId = `event-${++sequence}`,
  more: object = {},
): AcceptedEvent => ({
  kind: 'event',
  contract: 'checkout',
  event: { eventId, ...more },
  receipt: {
    requestId: 'request-1',
    receivedAt: 1_700_000_000_000,
    ipAddress: null,
    userAgent: null,
  },
  offer: null,
});

export const eventIdOf = (record: EventRecord): string =>
  record.kind === 'event' ? (record.event as { eventId: string }).eventId : record.raw;

export const eventIds = (records: readonly EventRecord[]): string[] => records.map(eventIdOf);

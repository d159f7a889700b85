import type { CollectorEventDto, CommerceAdded, CommerceEventDto } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import { delivered, deliveredOnce, type Peer } from './delivery.js';
import type { Random } from './random.js';

/** The stream tells nothing of who published. */
const STREAM: Peer = { ipAddress: null, userAgent: null };
/** The HTTP client of back ends, on a network that is for documentation. */
export const BACK_END: Peer = { ipAddress: '198.51.100.20', userAgent: 'Go-http-client/1.1' };

/** As the publisher spells times: with nanoseconds. */
export const nanosOf = (at: number, random: Random): string =>
  new Date(at)
    .toISOString()
    .replace('Z', `${String(random.whole(0, 1_000_000)).padStart(6, '0')}Z`);

/** An envelope as the stream brings it, or as a back end posts it. */
export const envelope = (
  event: CommerceEventDto,
  transport: CommerceAdded['transport'],
  random: Random,
): Generator<AcceptedEvent, void> =>
  delivered(
    {
      contract: 'commerce',
      event,
      happenedAt: Date.parse(event.timestamp),
      peer: transport === 'nats' ? STREAM : BACK_END,
      added: addedTo('envelope', transport, random),
      contradicting,
    },
    random,
  );

/** A request of the HTTP client: it says no time, and never tries again. */
export const collected = (event: CollectorEventDto, at: number, random: Random): AcceptedEvent =>
  deliveredOnce(
    {
      contract: 'commerce',
      event,
      happenedAt: at,
      peer: BACK_END,
      added: addedTo('collector', 'http', random),
    },
    random,
  );

const addedTo = (
  wire: CommerceAdded['wire'],
  transport: CommerceAdded['transport'],
  random: Random,
): CommerceAdded => ({ wire, transport, once: random.uuid() });

const contradicting = (event: CommerceEventDto): CommerceEventDto => ({
  ...event,
  data: { ...event.data, note: 'sent by hand' },
});

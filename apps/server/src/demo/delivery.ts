import type { AcceptedEvent } from '#libs/event-log';
import type { Receipt } from '#libs/platform';
import { DAY_MS } from './demo-plan.js';
import type { Random } from './random.js';

const HOUR_MS = 3_600_000;
/** Kept by a sender that was offline, and sent when it was back. */
const LATE = { share: 0.008, least: HOUR_MS, most: 4 * DAY_MS };
/** Sent again by a sender that saw no answer. */
const SENT_AGAIN = 0.015;
/** Sent again under the same key with other content, by a sender that is wrong. */
const CONTRADICTED = 0.0003;

/** Who sends, as far as a receipt tells. */
export type Peer = Pick<Receipt, 'ipAddress' | 'userAgent'>;

/** An event of a contract that knows its retries, and who sends it. */
export interface Sent<Event extends object = object> {
  readonly contract: string;
  readonly event: Event;
  /** By the sender's clock, epoch milliseconds. */
  readonly happenedAt: number;
  readonly peer: Peer;
  readonly offer?: AcceptedEvent['offer'];
  readonly added?: object;
  /** Other content under the same key; absent where the content is the key. */
  readonly contradicting?: (event: Event) => Event;
}

/** How an event arrived: mostly once and at once. */
export function* delivered<Event extends object>(
  sent: Sent<Event>,
  random: Random,
): Generator<AcceptedEvent, void> {
  const { event, happenedAt, contradicting } = sent;
  const wait = random.chance(LATE.share) ? random.between(LATE.least, LATE.most) : 0;
  const receivedAt = Math.round(happenedAt + wait + random.between(40, 900));
  yield recordOf(sent, event, receivedAt, random);
  if (random.chance(SENT_AGAIN)) {
    yield recordOf(sent, event, receivedAt + random.whole(500, 20_000), random);
  }
  if (contradicting && random.chance(CONTRADICTED)) {
    yield recordOf(sent, contradicting(event), receivedAt + random.whole(500, 20_000), random);
  }
}

/** Once and at once: of events whose retries nobody could tell, or that are timed by their receipt. */
export const deliveredOnce = (sent: Omit<Sent, 'contradicting'>, random: Random): AcceptedEvent =>
  recordOf(sent, sent.event, Math.round(sent.happenedAt + random.between(5, 200)), random);

const recordOf = (
  { contract, peer, offer = null, added }: Omit<Sent, 'contradicting'>,
  event: object,
  receivedAt: number,
  random: Random,
): AcceptedEvent => ({
  kind: 'event',
  contract,
  event,
  receipt: receiptOf(peer, receivedAt, random),
  offer,
  ...(added && { added }),
});

/** A receipt as the door would have written it. */
export const receiptOf = (
  { ipAddress, userAgent }: Peer,
  receivedAt: number,
  random: Random,
): Receipt => ({ requestId: `demo-${random.hex(10)}`, receivedAt, ipAddress, userAgent });

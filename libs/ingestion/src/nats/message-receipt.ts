import type { Receipt } from '#libs/platform';
import type { JsMsg } from '@nats-io/jetstream';

const LONGEST_SUBJECT = 200;
const SCHEME = 'nats:';

/**
 * When the stream took the message, by the server's clock: the same at each delivery, and true
 * although we may have been away for days. The id finds the message in its stream.
 */
export const receiptOf = ({ info, subject, time }: JsMsg): Receipt => ({
  requestId: `${SCHEME}${info.stream}:${info.streamSequence}:${printable(subject)}`,
  receivedAt: time.getTime(),
  ipAddress: null,
  userAgent: null,
});

/**
 * Whether an event came in a message: also one that was set aside, and is sent again by a request.
 * Ids of requests are our own, and none begins so.
 */
export const cameInMessage = ({ requestId }: Receipt): boolean => requestId.startsWith(SCHEME);

const printable = (subject: string): string =>
  subject.slice(0, LONGEST_SUBJECT).replaceAll(/[^\x21-\x7e]/g, '?');

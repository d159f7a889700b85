import type { Receipt } from '#libs/platform';
import type { Sent } from '../event-log.js';
import type { AcceptedEvent, EventRecord } from '../event-record.js';

/** A record's JSON: text, or text around the bytes of its event. */
export interface Payload {
  readonly head: string;
  readonly event: Sent;
  readonly tail: string;
}

/** The fields that are written around an event; a new one stops the build until it is written too. */
type Written = 'kind' | 'contract' | 'event' | 'receipt' | 'offer' | 'added';
type Forgotten = Exclude<keyof AcceptedEvent, Written>;

/** @throws where the record has no JSON text. */
export function payloadOf(record: EventRecord, sent: Sent): Payload {
  if (sent === undefined || record.kind !== 'event') {
    return { head: JSON.stringify(record), event: undefined, tail: '' };
  }
  return { head: headOf(record.contract), event: sent, tail: tailOf(record) };
}

function tailOf({
  receipt,
  offer,
  added,
}: [Forgotten] extends [never] ? AcceptedEvent : never): string {
  const more = added === undefined ? '' : `,"added":${JSON.stringify(added)}`;
  return `,"receipt":${textOf(receipt)},"offer":${JSON.stringify(offer)}${more}}`;
}

const heads = new Map<string, string>();

function headOf(contract: string): string {
  let head = heads.get(contract);
  if (head === undefined) {
    head = `{"kind":"event","contract":${JSON.stringify(contract)},"event":`;
    heads.set(contract, head);
  }
  return head;
}

let last: { readonly receipt: Receipt | null; readonly text: string } = { receipt: null, text: '' };

/** The events of a batch have one receipt. */
function textOf(receipt: Receipt): string {
  if (last.receipt !== receipt) last = { receipt, text: JSON.stringify(receipt) };
  return last.text;
}

/** No text of UTF-16 takes more: told without looking through it. */
export const mostBytesOf = ({ head, event, tail }: Payload): number =>
  3 * (head.length + tail.length) + (event?.length ?? 0);

export const bytesOf = ({ head, event, tail }: Payload): number =>
  Buffer.byteLength(head) + (event?.length ?? 0) + Buffer.byteLength(tail);

/** Answers where it ends. There must be room for it. */
export function writePayload({ head, event, tail }: Payload, into: Buffer, at: number): number {
  const middle = at + into.write(head, at);
  if (event === undefined) return middle;
  into.set(event, middle);
  const end = middle + event.length;
  return end + into.write(tail, end);
}

import type { RefusalReason } from '#libs/platform';

/**
 * `refused`: a door refused it. `waiting`: its offer is unknown, and it is written by itself when
 * the offer appears. `conflict`: an event with this key and other content is stored. `rejected`:
 * it is not stored, and will not be by itself. `resolved`: it was one of these, and is stored now.
 */
export const REJECTED_EVENT_STATES = [
  'refused',
  'waiting',
  'conflict',
  'rejected',
  'resolved',
] as const;
export type RejectedEventState = (typeof REJECTED_EVENT_STATES)[number];

/** What the event writer says; what was kept is then the log's record, else the body as it came. */
export const WRITER_REASONS = [
  'unknown_offer',
  'conflict',
  'not_storable',
  'unknown_contract',
] as const;
type WriterReason = (typeof WRITER_REASONS)[number];

/** Why an event is in no raw table: what a door says, or what the event writer says. */
export type RejectedEventReason = RefusalReason | WriterReason;

/**
 * Whether to send what was kept once more can help. `yes`: after what the advice names.
 * `by_itself`: nobody has to, it is written as soon as it can be. `no`: nothing of it was kept, or
 * it would end up here again.
 */
export const RETRYABLE = ['yes', 'by_itself', 'no'] as const;
export type Retryable = (typeof RETRYABLE)[number];

/** What a rejected event's state and reason mean, for people. */
export interface RejectionInWords {
  readonly explanation: string;
  /** Who has to do what. */
  readonly advice: string;
  readonly retryable: Retryable;
}

/** How many bytes of a refused body are kept. */
export const KEPT_OF_A_REFUSED_BODY = 8192;

/** The one home of these sentences. The compiler sees to it that no reason goes without. */
const REASONS: Readonly<Record<RejectedEventReason, RejectionInWords>> = {
  breach: {
    explanation:
      'It breaks its contract, as `breaches` says, and the sender was told so; nothing of it is in ' +
      'the figures.',
    advice:
      'Front end: mend what `breaches` names and send the event again. Administrator: where it says ' +
      '“no such offer”, put the offer, then retry.',
    retryable: 'yes',
  },
  not_json: {
    explanation:
      'The body was empty, no UTF-8 or no JSON, and the sender was told so; nothing of it was kept.',
    advice:
      'Front end: send one JSON object (a list of them to the batch path), in UTF-8 and without a ' +
      'byte-order mark. A retry cannot help: there is nothing to send again.',
    retryable: 'no',
  },
  too_large: {
    explanation:
      'The body was larger than this path takes, packed or unpacked, and the sender was answered ' +
      '413; nothing of it was kept.',
    advice:
      'Front end: send smaller events, or fewer in one batch; the limit is in `breaches`. A retry ' +
      'cannot help: there is nothing to send again.',
    retryable: 'no',
  },
  too_deep: {
    explanation:
      'The body was nested deeper than any contract needs, and the sender was told so; nothing of ' +
      'it was kept.',
    advice:
      'Front end: send the fields of the contract, flat; the limit is in `breaches`. A retry cannot ' +
      'help: there is nothing to send again.',
    retryable: 'no',
  },
  media_type: {
    explanation:
      'It was not declared as `application/json` in UTF-8, so its body was not read and the sender ' +
      'was answered 415.',
    advice:
      'Front end: send `Content-Type: application/json`; with `sendBeacon`, a Blob of that type. A ' +
      'retry cannot help: there is nothing to send again.',
    retryable: 'no',
  },
  encoding: {
    explanation:
      'Its `Content-Encoding` was neither `identity` nor `gzip`, or the body was not what it ' +
      'declared; nothing of it was kept.',
    advice:
      'Front end: send the body as it is, or as whole gzip. A retry cannot help: there is nothing to ' +
      'send again.',
    retryable: 'no',
  },
  aborted: {
    explanation:
      'The sender went away, or fell silent, before the body had come in full; nothing of it was kept.',
    advice:
      'Front end: send with `keepalive` or `sendBeacon` where the page may close, and send again ' +
      'after a failure. A retry cannot help: there is nothing to send again.',
    retryable: 'no',
  },
  unauthorized: {
    explanation:
      'It came without a key, with one that is not valid, or says what needs one, so nothing of it ' +
      'was taken and the sender was answered 401.',
    advice:
      'Sender: send it again with a valid key. Administrator: make one where it expired or was ' +
      'revoked. A retry cannot help: what was sent without a key stays without one.',
    retryable: 'no',
  },
  forbidden: {
    explanation:
      'Its credentials are valid, but do not allow such events, so nothing of it was taken and the ' +
      'sender was answered 403.',
    advice:
      'Administrator: make a key with the scope that this path wants, or of the organization that ' +
      'the event names, and give it to the sender. A retry cannot help: only its sender may say it.',
    retryable: 'no',
  },
  rate_limited: {
    explanation:
      'It was sound, but came too soon after others of its sender, who was asked with 429 to come ' +
      'again later.',
    advice:
      'Front end: wait as long as `Retry-After` says, then send it again; look for a loop where this ' +
      'is frequent. Administrator: retry what its sender did not send again.',
    retryable: 'yes',
  },
  unknown_offer: {
    explanation:
      'It was taken, but its offer stayed unknown, and it gave way to newer ones when too many ' +
      'waited for their offers; it is not looked at any more.',
    advice:
      'Administrator: put the offer that `offerId` names, then retry. Front end: mend the id where ' +
      'there never was such an offer.',
    retryable: 'yes',
  },
  conflict: {
    explanation:
      'An event with this id and time, but other content, came first and is kept; this one is not ' +
      'in the figures.',
    advice:
      'Front end: use an id of its own for each event, and repeat an event only as it was. A retry ' +
      'cannot help: the id stays taken.',
    retryable: 'no',
  },
  not_storable: {
    explanation:
      'It was taken, but PostgreSQL refuses its row or the event makes none, although it kept its ' +
      'contract: the fault is ours, and its sender can do nothing.',
    advice:
      'Operator: report it with `sqlstate` and `detail`; retry once the release or the table is mended.',
    retryable: 'yes',
  },
  unknown_contract: {
    explanation:
      'It was taken by a newer release, and written by an older one that does not know its contract.',
    advice: 'Operator: bring every process to the same release, then retry.',
    retryable: 'yes',
  },
};

export const REJECTED_EVENT_REASONS = Object.keys(REASONS) as readonly RejectedEventReason[];

const WAITING: RejectionInWords = {
  explanation: 'It was taken, but its offer is not known, and without it no row can be made.',
  advice:
    'Administrator: put the offer that `offerId` names, and the event is stored by itself within ' +
    'seconds. Front end: mend the id where there never was such an offer.',
  retryable: 'by_itself',
};

const RESOLVED: RejectionInWords = {
  explanation: 'It could not be stored when it came; it is stored now.',
  advice: 'Nobody has to do anything.',
  retryable: 'no',
};

/** A row of a newer release, read while it is rolled out. */
const UNHEARD_OF: RejectionInWords = {
  explanation: 'It was set aside for a reason that this release does not know.',
  advice: 'Operator: bring every process to the same release, and look again.',
  retryable: 'no',
};

/** What to tell of a rejected event: by its reason, unless its state says that it is on its way. */
export function inWords(state: RejectedEventState, reason: string): RejectionInWords {
  if (state === 'waiting') return WAITING;
  if (state === 'resolved') return RESOLVED;
  return isReason(reason) ? REASONS[reason] : UNHEARD_OF;
}

const isReason = (reason: string): reason is RejectedEventReason => Object.hasOwn(REASONS, reason);

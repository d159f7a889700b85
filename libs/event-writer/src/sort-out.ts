import type { AcceptedEvent, EventRecord } from '#libs/event-log';
import {
  type ContractWriter,
  type Entry,
  NotStorableError,
  type Offer,
} from './contract-writer.js';
import { type NewRejectedEvent, rejectedRow, type Verdict } from './rejected-row.js';

export type Writers = ReadonlyMap<string, ContractWriter>;

/** An event that is in no raw table for good. */
export interface Failure {
  readonly record: AcceptedEvent;
  readonly error: NotStorableError;
}

/** Where each record of a batch goes. */
export interface SortedBatch {
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  readonly rejected: readonly NewRejectedEvent[];
  readonly waiting: number;
  readonly failures: readonly Failure[];
}

/** Makes rows of a batch. Nothing here throws: one bad record must not spoil its neighbours. */
export function sortOut(
  records: readonly EventRecord[],
  writers: Writers,
  offers: ReadonlyMap<string, Offer>,
): SortedBatch {
  const entries = new Map<string, Entry[]>();
  const rejected: NewRejectedEvent[] = [];
  const failures: Failure[] = [];
  let waiting = 0;
  for (const record of records) {
    const writer = writers.get(record.contract);
    if (record.kind === 'refusal') {
      rejected.push(refusedRow(record, writer));
      continue;
    }
    const entry = entryOf(record, writer, offers);
    if (entry === 'waits') {
      waiting += 1;
      rejected.push(rejectedRow(record, waitingVerdict(record, writer)));
    } else if (entry instanceof NotStorableError) {
      failures.push({ record, error: entry });
    } else {
      const own = entries.get(record.contract);
      if (own) own.push(entry);
      else entries.set(record.contract, [entry]);
    }
  }
  rejected.push(...failures.map((failure) => failedRow(failure, writers)));
  return { entries, rejected, waiting, failures };
}

/** A row of a record that can never be stored. */
export const failedRow = (
  { record, error }: { record: EventRecord; error: NotStorableError },
  writers: Writers,
): NewRejectedEvent =>
  rejectedRow(record, {
    state: 'rejected',
    reason: writers.has(record.contract) ? 'not_storable' : 'unknown_contract',
    ...(record.kind === 'event' ? idsOfEvent(record, writers.get(record.contract)) : NO_IDS),
    sqlstate: error.code,
    detail: error.detail,
  });

/** A row of an event whose key is stored with other content. */
export const conflictRow = (record: AcceptedEvent, writers: Writers): NewRejectedEvent =>
  rejectedRow(record, {
    state: 'conflict',
    reason: 'conflict',
    ...idsOfEvent(record, writers.get(record.contract)),
  });

/** The offers that a batch left to be resolved, each once. */
export function unresolvedOffers(records: readonly EventRecord[], writers: Writers): string[] {
  const offerIds = new Set<string>();
  for (const record of records) {
    if (record.kind !== 'event' || record.offer !== null) continue;
    const offerId = writers.get(record.contract)?.offerIdOf(record.event) ?? null;
    if (offerId !== null) offerIds.add(offerId);
  }
  return [...offerIds];
}

const NOTHING = {};

function entryOf(
  record: AcceptedEvent,
  writer: ContractWriter | undefined,
  offers: ReadonlyMap<string, Offer>,
): Entry | 'waits' | NotStorableError {
  // An older release reads the journal of a newer one: the event is kept, to be replayed.
  if (!writer) return new NotStorableError('this release does not know the contract', null);
  try {
    const offerId = record.offer === null ? writer.offerIdOf(record.event) : null;
    const offer = offerId === null ? record.offer : (offers.get(offerId) ?? null);
    if (offerId !== null && offer === null) return 'waits';
    return {
      record,
      row: writer.toRow(record.event, record.receipt, offer, record.added ?? NOTHING),
    };
  } catch (error) {
    return new NotStorableError('the event makes no row', null, { cause: error });
  }
}

const waitingVerdict = (record: AcceptedEvent, writer: ContractWriter | undefined): Verdict => ({
  state: 'waiting',
  reason: 'unknown_offer',
  ...idsOfEvent(record, writer),
});

const refusedRow = (
  record: Extract<EventRecord, { kind: 'refusal' }>,
  writer: ContractWriter | undefined,
): NewRejectedEvent =>
  rejectedRow(record, {
    state: 'refused',
    reason: record.reason,
    ...idsOf(jsonOrNull(record.raw), writer),
  });

type Ids = Pick<Verdict, 'eventId' | 'offerId'>;

const NO_IDS: Ids = { eventId: null, offerId: null };

const idsOfEvent = ({ event, added }: AcceptedEvent, writer: ContractWriter | undefined): Ids =>
  idsOf(event, writer, added);

/** What was refused may be anything, and what an older release took too: such has no ids. */
function idsOf(event: unknown, writer: ContractWriter | undefined, added?: object): Ids {
  if (!writer || typeof event !== 'object' || event === null) return NO_IDS;
  try {
    return { eventId: writer.eventIdOf(event, added), offerId: writer.offerIdOf(event) };
  } catch {
    return NO_IDS;
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

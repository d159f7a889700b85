import { createHash } from 'node:crypto';
import type { RejectedEventState } from '#libs/contracts';
import type { RejectedEventEntity } from '#libs/database';
import type { EventRecord } from '#libs/event-log';
import type { Receipt } from '#libs/platform';

/** A row ready to insert; the database fills in the rest. */
export type NewRejectedEvent = Omit<RejectedEventEntity, 'createdAt' | 'resolvedAt'>;

/** Why a record is in no raw table, in what the record itself does not say. */
export interface Verdict {
  readonly state: Exclude<RejectedEventState, 'resolved'>;
  readonly reason: string;
  readonly eventId: string | null;
  readonly offerId?: string | null;
  readonly sqlstate?: string | null;
  readonly detail?: string | null;
}

const LONGEST_ID = 200;
const LONGEST_DETAIL = 2000;
/** The year 9999: later times are written in a way that PostgreSQL does not read. */
const LATEST_TIME = 253_402_300_799_999;

/**
 * The record as a row of `rejected_events`, which PostgreSQL never refuses: what it cannot hold as
 * text is kept in `raw` alone.
 *
 * Its id is derived from the record, so that a record consumed twice is kept once; what was kept
 * before and is tried again stays the row that it was.
 */
export function rejectedRow(record: EventRecord, verdict: Verdict): NewRejectedEvent {
  const json = JSON.stringify(record);
  const isRefusal = record.kind === 'refusal';
  const { retryOf } = record.receipt;
  return {
    id: retryOf?.id ?? idOf(json),
    contract: record.contract,
    state: verdict.state,
    reason: verdict.reason,
    eventId: idOrNull(verdict.eventId),
    offerId: idOrNull(verdict.offerId),
    sqlstate: verdict.sqlstate ?? null,
    detail: verdict.detail ? boundedDetail(verdict.detail) : null,
    breaches: record.kind === 'refusal' ? record.breaches.map(storableBreach) : [],
    raw: Buffer.from(isRefusal ? record.raw : json),
    receivedAt: timeOf(record.receipt.receivedAt),
    receipt: isRefusal ? storableReceipt(record.receipt) : null,
    attempts: retryOf?.attempt ?? 0,
  };
}

/** As `detail` holds it. */
export const boundedDetail = (text: string): string => storable(text).slice(0, LONGEST_DETAIL);

/** A UUID of version 8: the first bytes of the record's SHA-256. */
export function idOf(json: string): string {
  const bytes = createHash('sha256').update(json).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [8, 12, 16, 20, 32].map((end, i, ends) => hex.slice(ends[i - 1] ?? 0, end)).join('-');
}

/** PostgreSQL's text has no NUL, and UTF-8 no lone surrogate. */
const storable = (text: string): string => Buffer.from(text).toString().replaceAll('\0', '\uFFFD');

const storableBreach = (breach: RejectedEventEntity['breaches'][number]) => ({
  field: storable(breach.field),
  reason: storable(breach.reason),
});

const storableReceipt = (receipt: Receipt): Receipt => ({
  ...receipt,
  requestId: storable(receipt.requestId),
  userAgent: receipt.userAgent === null ? null : storable(receipt.userAgent),
});

/** A clock that told nonsense must not keep the row out. */
const timeOf = (millis: number): Date =>
  millis >= 0 && millis <= LATEST_TIME ? new Date(millis) : new Date(0);

/** An id that had to be mended would find nothing, or something else: better none. */
const idOrNull = (id: unknown): string | null =>
  typeof id === 'string' && id.length <= LONGEST_ID && storable(id) === id ? id : null;

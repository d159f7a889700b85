import { inWords, type RetriedEvent, type RetryVerdict } from '#libs/contracts';
import { type AcceptedEvent, EventLog } from '#libs/event-log';
import { type Breach, type Caller, Door, type Receipt } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { KeptEvent } from './kept-event.js';
import { RetryLog } from './retry.log.js';

const IN_THE_LOG = 'It is in the event log again. Its receipt tells when it is stored.';
const STILL_REFUSED = 'It still breaks its contract, as `breaches` says.';
const NOT_IN_FULL =
  'It was refused, and its body was not kept in full: at most 8 KiB are, and nothing of what was ' +
  'no JSON object. Its sender has to send it again.';
const NO_DOOR = 'This process has no door for its contract.';
const NO_RECORD = 'What was kept of it is no event of the log.';
const BY_SIGNAL = 'Its sender asked by a privacy signal not to be stored.';
const OURS = 'It could not be sent again by our fault; nothing has changed. Ask again.';

/** Sends one rejected event on its way again. */
@Injectable()
export class AnotherTry {
  constructor(
    private readonly door: Door,
    private readonly eventLog: EventLog,
    private readonly log: RetryLog,
  ) {}

  /** Never rejects: what fails is a verdict. Resolves once the event is durable, where it is sent. */
  of(kept: KeptEvent, caller: Caller): RetriedEvent | Promise<RetriedEvent> {
    const { state, reason } = kept;
    const words = inWords(state, reason);
    if (state === 'resolved') return verdict(kept, 'already_stored', words.explanation);
    if (words.retryable === 'by_itself') return verdict(kept, 'waits_by_itself', words.advice);
    if (words.retryable === 'no') return verdict(kept, 'not_retryable', words.explanation);
    return state === 'refused' ? this.judge(kept, caller) : this.append(kept);
  }

  /** As its door would judge it now. */
  private async judge(kept: KeptEvent, caller: Caller): Promise<RetriedEvent> {
    if (!isObject(parsed(kept.raw))) return verdict(kept, 'not_retryable', NOT_IN_FULL);
    const receipt = { ...firstReceiptOf(kept), retryOf: nextTryOf(kept) };
    const result = await this.door.judgeAgain(kept.contract, kept.raw, { receipt, caller });
    if (!result) return verdict(kept, 'not_retryable', NO_DOOR);
    const judged = { ...kept, eventId: result.eventId ?? kept.eventId };
    if (result.verdict === 'accepted') return verdict(judged, 'retried', IN_THE_LOG);
    if (result.verdict === 'skipped') return verdict(judged, 'not_retryable', BY_SIGNAL);
    if (result.verdict === 'failed') return verdict(judged, 'failed', OURS);
    return verdict(judged, 'still_refused', STILL_REFUSED, result.breaches);
  }

  /** As it was: what was judged once is not judged again. */
  private async append(kept: KeptEvent): Promise<RetriedEvent> {
    const record = parsed(kept.raw);
    if (!isEvent(record)) return verdict(kept, 'not_retryable', NO_RECORD);
    const receipt = { ...record.receipt, retryOf: nextTryOf(kept) };
    try {
      await this.eventLog.append([{ ...record, receipt }]);
    } catch (error) {
      this.log.notAppended(kept.id, error);
      return verdict(kept, 'failed', OURS);
    }
    return verdict(kept, 'retried', IN_THE_LOG);
  }
}

const verdict = (
  { id, eventId }: Pick<KeptEvent, 'id' | 'eventId'>,
  is: RetryVerdict,
  explanation: string,
  breaches: readonly Breach[] = [],
): RetriedEvent => ({ id, eventId, verdict: is, breaches, explanation });

const nextTryOf = ({ id, attempts }: KeptEvent) => ({ id, attempt: attempts + 1 });

/** Of its first arrival. An older release kept no more than the time: the rest is not made up. */
const firstReceiptOf = ({ id, receipt, receivedAt }: KeptEvent): Receipt =>
  receipt ?? { requestId: id, receivedAt: +receivedAt, ipAddress: null, userAgent: null };

function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString());
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEvent = (record: unknown): record is AcceptedEvent =>
  isObject(record) && 'kind' in record && record.kind === 'event' && 'receipt' in record;

import type { Breach } from '../errors/contract-breach.error.js';
import type { DoorLog } from './door.log.js';
import type { DoorFigures } from './door.metrics.js';
import { WHOLE_BODY } from './json-body.js';
import type { HearsRefusals, RefusalReason } from './refused.js';
import type { Headers, Replies } from './replies.js';
import type { Visit } from './visit.js';

/** Why something is refused and answered; who aborts hears no answer. */
export type Refusal = Exclude<RefusalReason, 'aborted'>;

const STATUS: Readonly<Record<Refusal, number>> = {
  breach: 400,
  not_json: 400,
  too_deep: 400,
  unauthorized: 401,
  forbidden: 403,
  too_large: 413,
  media_type: 415,
  encoding: 415,
  rate_limited: 429,
};

const NONE: Headers = [];

/** 401 is no answer without it. */
const CHALLENGE: Headers = ['WWW-Authenticate', 'Bearer'];

const headersOf = (reason: Refusal): Headers => (reason === 'unauthorized' ? CHALLENGE : NONE);

/** Refuses at one door: counts it, tells the contract it was meant for, answers the sender. */
export class Refusals {
  constructor(
    private readonly controller: HearsRefusals,
    private readonly figures: DoorFigures,
    private readonly replies: Replies,
    private readonly log: DoorLog,
  ) {}

  /** Refuses a body that came in full. */
  refuse(
    visit: Visit,
    reason: Refusal,
    breaches: readonly Breach[],
    payload: unknown,
    status = STATUS[reason],
  ): void {
    visit.counted = true;
    this.figures.invalid(reason);
    this.tell(visit, reason, breaches, payload, visit.size);
    this.replies.send(visit, status, headersOf(reason), JSON.stringify({ breaches }));
  }

  /** Refuses while the body may still be on its way. */
  refuseEarly(
    visit: Visit,
    reason: Refusal,
    breach: Breach,
    headers: Headers = headersOf(reason),
  ): void {
    const breaches = [breach];
    visit.counted = true;
    this.figures.invalid(reason);
    this.tell(visit, reason, breaches, null, visit.size);
    this.replies.sendEarly(visit, STATUS[reason], headers, JSON.stringify({ breaches }));
  }

  /** Asks to come again later. What was sent is sound, and already in the figures. */
  refuseForNow(visit: Visit, waitMs: number, payload: unknown): void {
    const breaches = [{ field: WHOLE_BODY, reason: 'comes too soon' }];
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    this.tell(visit, 'rate_limited', breaches, payload, visit.size);
    const body = JSON.stringify({ breaches });
    this.replies.send(visit, STATUS.rate_limited, ['Retry-After', `${seconds}`], body);
  }

  /** What the contract makes of a refusal is its own affair. */
  tell(
    visit: Visit,
    reason: RefusalReason,
    breaches: readonly Breach[],
    payload: unknown,
    size: number,
  ): void {
    try {
      this.controller.refused({ reason, breaches, payload, size, receipt: visit.receipt });
    } catch (error) {
      this.log.refusalNotHeard(visit, error);
    }
  }
}

import { boundedSummary, type Receipt, type Refused } from '#libs/platform';
import { Injectable, Logger } from '@nestjs/common';
import type { CheckoutEventDto } from './checkout-event.dto.js';

/** Enough to tell one failure from another, too little to carry a row. */
const LONGEST_ERROR = 500;

/**
 * The log lines of the checkout doors, one method each.
 *
 * Alerts read these names and fields: they change as carefully as a contract.
 */
@Injectable()
export class CheckoutLog {
  private readonly logger = new Logger('checkout');

  /** Of every event that is kept, never sampled. */
  received(event: CheckoutEventDto, { requestId }: Receipt): void {
    const { eventName, sessionId, offerId, eventId } = event;
    this.logger.log({
      type: 'CHECKOUT_EVENT_RECEIVED',
      eventName,
      sessionId,
      offerId,
      eventId,
      requestId,
    });
  }

  /** Of every refusal. The payload is bounded and masked here; null where it could not be read. */
  invalid({ payload, breaches, reason, size, receipt }: Refused): void {
    this.logger.warn({
      type: 'CHECKOUT_EVENT_INVALID',
      payload: boundedSummary(payload),
      breaches,
      reason,
      size,
      requestId: receipt.requestId,
    });
  }

  /** Of an event that is really not kept. `sqlstate` where PostgreSQL refused its row. */
  persistFailed(
    { eventId }: Pick<CheckoutEventDto, 'eventId'>,
    error: unknown,
    receipt?: Pick<Receipt, 'requestId'>,
  ): void {
    this.logger.error({
      type: 'CHECKOUT_EVENT_PERSIST_ERROR',
      error: String(error).slice(0, LONGEST_ERROR),
      eventId,
      sqlstate: sqlstateOf(error),
      requestId: receipt?.requestId,
    });
  }
}

const sqlstateOf = (error: unknown): string | undefined => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};

import { type CheckoutEventDto, CheckoutLog } from '#libs/contracts';
import type { NewCheckoutEvent } from '#libs/database';
import type { Receipt } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { CHECKOUT_EVENTS } from './checkout-events.sql.js';
import type { ContractWriter, NotStorableError, Offer } from './contract-writer.js';

/** Checkout events to `checkout_events`. */
@Injectable()
export class CheckoutWriter implements ContractWriter<CheckoutEventDto, NewCheckoutEvent> {
  readonly contract = 'checkout';
  readonly table = CHECKOUT_EVENTS;

  constructor(private readonly log: CheckoutLog) {}

  toRow(event: CheckoutEventDto, receipt: Receipt, offer: Offer | null): NewCheckoutEvent {
    if (offer === null) throw new TypeError('a checkout event is written with its offer resolved');
    return {
      eventId: event.eventId,
      eventName: event.eventName,
      eventDescription: event.eventDescription ?? null,
      sessionId: event.sessionId,
      offerId: event.offerId,
      productId: offer.productId,
      producerId: offer.producerId,
      checkoutType: event.checkoutType ?? null,
      checkoutMode: event.checkoutMode ?? null,
      step: event.step ?? null,
      email: event.email ?? null,
      phone: event.phone ?? null,
      paymentMethod: event.paymentMethod ?? null,
      eventTimestamp: new Date(event.timestamp),
      executionEnvironment: event.executionEnvironment,
      fullHostname: event.fullHostname,
      rootDomain: event.rootDomain,
      receivedAt: new Date(receipt.receivedAt),
      ipAddress: receipt.ipAddress,
      userAgent: receipt.userAgent,
    };
  }

  eventIdOf(event: CheckoutEventDto): string {
    return event.eventId;
  }

  offerIdOf(event: CheckoutEventDto): string {
    return event.offerId;
  }

  persistFailed(event: CheckoutEventDto, error: NotStorableError, receipt: Receipt): void {
    this.log.persistFailed(event.eventId, error, receipt);
  }
}

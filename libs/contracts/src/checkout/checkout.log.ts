import { Injectable } from '@nestjs/common';
import { ContractLog } from '../contract.log.js';
import type { CheckoutEventDto } from './checkout-event.dto.js';

@Injectable()
export class CheckoutLog extends ContractLog<CheckoutEventDto> {
  constructor() {
    super('checkout', {
      received: 'CHECKOUT_EVENT_RECEIVED',
      invalid: 'CHECKOUT_EVENT_INVALID',
      persistFailed: 'CHECKOUT_EVENT_PERSIST_ERROR',
    });
  }

  protected override idsOf({ eventName, sessionId, offerId, eventId }: CheckoutEventDto): object {
    return { eventName, sessionId, offerId, eventId };
  }
}

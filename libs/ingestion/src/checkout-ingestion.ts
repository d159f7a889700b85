import { type CheckoutEventDto, CheckoutLog } from '#libs/contracts';
import { CannotTellError, type Offer, OfferDirectory } from '#libs/offers';
import { ContractBreachError, type Outcome, type Receipt } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { EventKeeper } from './event-keeper.js';

@Injectable()
export class CheckoutIngestion {
  constructor(
    private readonly offers: OfferDirectory,
    private readonly keeper: EventKeeper,
    private readonly log: CheckoutLog,
  ) {}

  /**
   * Records one event that keeps the contract. A failure of ours is logged and answered as
   * `lost`, never thrown: a checkout is not disturbed by its own telemetry.
   *
   * Rejects with a ContractBreachError when the offer does not exist.
   */
  record(event: CheckoutEventDto, receipt: Receipt, sent?: Uint8Array): Promise<Outcome> {
    const { offerId } = event;
    // Whoever retries has often just put the offer.
    const found = receipt.retryOf ? this.offers.findAnew(offerId) : this.offers.find(offerId);
    return found instanceof Promise
      ? this.asked(found).then((offer) => this.keep(event, receipt, offer, sent))
      : this.keep(event, receipt, found, sent);
  }

  private keep(
    event: CheckoutEventDto,
    receipt: Receipt,
    offer: Offer | null | undefined,
    sent: Uint8Array | undefined,
  ): Promise<Outcome> {
    if (offer === null) {
      const breaches = [{ field: 'offerId', reason: 'no such offer' }];
      return Promise.reject(new ContractBreachError(breaches));
    }
    const record = {
      kind: 'event',
      contract: 'checkout',
      event,
      receipt,
      offer: offer ?? null,
    } as const;
    return this.keeper.keep(record, this.log, event.eventId, sent);
  }

  /** Undefined when the directory cannot tell: the event writer asks again. */
  private async asked(answer: Promise<Offer | null>): Promise<Offer | null | undefined> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof CannotTellError) return undefined;
      throw error;
    }
  }
}

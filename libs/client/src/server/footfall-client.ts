import type { CollectorEvent, EventContext } from '../contract/types.js';
import { uuidV7 } from '../uuid-v7.js';
import { addressOf } from './address.js';
import * as collected from './collected.js';
import type {
  CheckoutEventInput,
  CommerceOptions,
  RawEvent,
  TrackEventInput,
  TrackingEventInput,
  TrackResult,
} from './events.js';
import type {
  ContributorPayoutCalculated,
  ContributorPayoutSent,
  ContributorRegistered,
  ReferralClaimed,
  ReferralCommissionEarned,
  ReferralCreditGranted,
  ReferralLinkCreated,
  ReferralTierUpgraded,
} from './facts.js';
import {
  type CloseOptions,
  type FlushOptions,
  type FootfallClientOptions,
  listenersOf,
  type SendOptions,
  settingsOf,
} from './options.js';
import type { Order } from './order.js';
import { type Contract, Outbox } from './outbox.js';
import type { Receipt } from './parcel.js';

type Given = CommerceOptions | undefined;

/**
 * Sends events from a server to Footfall: queued in memory, batched where Footfall takes batches, and
 * sent again until they are acknowledged. One client serves the whole process.
 *
 * An `emit…` resolves once the event is in the queue, waits while that is full, and rejects with a
 * `FootfallError`. A rejection that nobody looks at does no harm: `onDropped` hears of it. Without an
 * endpoint every call does nothing.
 */
export class FootfallClient {
  private readonly outbox: Outbox | null;

  /** @throws FootfallError where an option makes no sense. */
  constructor(options: FootfallClientOptions) {
    const settings = settingsOf(options);
    const { endpoint, key } = options;
    this.outbox = endpoint
      ? new Outbox(addressOf(endpoint, key), settings, listenersOf(options))
      : null;
  }

  /** How many events were given and are neither acknowledged nor dropped. */
  get pending(): number {
    return this.outbox?.size ?? 0;
  }

  /** An order was paid. It is income once, however often it is told. */
  emitOrderCompleted(order: Order, options?: CommerceOptions): Promise<void> {
    return this.emit(() => collected.orderCompleted(order), options);
  }

  emitReferralLinkCreated(fact: ReferralLinkCreated, options?: CommerceOptions): Promise<void> {
    return this.emit(() => collected.referralLinkCreated(fact), options);
  }

  emitReferralClaimed(fact: ReferralClaimed, options?: CommerceOptions): Promise<void> {
    return this.emit(() => collected.referralClaimed(fact), options);
  }

  emitReferralCreditGranted(fact: ReferralCreditGranted, options?: CommerceOptions): Promise<void> {
    return this.emit(() => collected.referralCreditGranted(fact), options);
  }

  emitReferralCommissionEarned(
    fact: ReferralCommissionEarned,
    options?: CommerceOptions,
  ): Promise<void> {
    return this.emit(() => collected.referralCommissionEarned(fact), options);
  }

  emitReferralTierUpgraded(fact: ReferralTierUpgraded, options?: CommerceOptions): Promise<void> {
    return this.emit(() => collected.referralTierUpgraded(fact), options);
  }

  emitContributorRegistered(fact: ContributorRegistered, options?: CommerceOptions): Promise<void> {
    return this.emit(() => collected.contributorRegistered(fact), options);
  }

  emitContributorPayoutCalculated(
    fact: ContributorPayoutCalculated,
    options?: CommerceOptions,
  ): Promise<void> {
    return this.emit(() => collected.contributorPayoutCalculated(fact), options);
  }

  emitContributorPayoutSent(fact: ContributorPayoutSent, options?: CommerceOptions): Promise<void> {
    return this.emit(() => collected.contributorPayoutSent(fact), options);
  }

  /** Any commerce event in the words of the wire; `event_id` and `timestamp` are added where missing. */
  emitRaw(event: RawEvent, options?: CommerceOptions): Promise<void> {
    return this.emit(() => event, options);
  }

  /** A checkout event, for checkouts that are rendered or followed by a server. */
  emitCheckoutEvent(event: CheckoutEventInput, options?: SendOptions): Promise<void> {
    const complete = (): object => ({
      ...event,
      eventId: event.eventId || uuidV7(),
      timestamp: event.timestamp ?? Date.now(),
    });
    return acknowledged(this.give('checkout', complete, options));
  }

  /** A page view, or an event of a cockpit. */
  emitTrackingEvent(event: TrackingEventInput, options?: SendOptions): Promise<void> {
    const complete = (): object => ({
      ...event,
      eventId: event.eventId || uuidV7(),
      timestamp: event.timestamp ?? new Date().toISOString(),
    });
    return acknowledged(this.give('tracking', complete, options));
  }

  /**
   * An analytics event on behalf of a visitor, whom `context` describes: Footfall believes it with an
   * ingest key. Never rejects: whoever tracks is not to be disturbed.
   */
  async trackEvent(
    input: TrackEventInput,
    context?: EventContext,
    options?: SendOptions,
  ): Promise<TrackResult> {
    const complete = (): object => ({
      ...input,
      idempotencyKey: input.idempotencyKey || uuidV7(),
      occurredAt: input.occurredAt || new Date().toISOString(),
      ...(context && { context }),
    });
    if (!this.outbox) return { tracked: false, eventId: null };
    try {
      const receipt = await this.give('analytics', complete, options);
      return { tracked: receipt?.stored ?? true, eventId: receipt?.eventId ?? null };
    } catch (error) {
      return { tracked: false, eventId: null, error: error as Error };
    }
  }

  /**
   * Resolves once every event given before is acknowledged by Footfall: it survives a crash there.
   *
   * @throws FootfallError where some will never be; `errors` has one for each that neither an earlier
   * `flush` nor its own call told of.
   */
  flush(options: FlushOptions = {}): Promise<void> {
    return heeded(this.outbox?.flush(options) ?? Promise.resolve());
  }

  /**
   * Takes no more events, and resolves once all are acknowledged. Tries until its time is up.
   *
   * @throws FootfallError with every event that was not: nothing is lost without a word.
   */
  close(options?: CloseOptions): Promise<void> {
    return this.outbox?.close(options) ?? Promise.resolve();
  }

  private emit(make: () => CollectorEvent, options: Given): Promise<void> {
    const complete = (): object => {
      const event = make();
      const { eventId, timestamp = new Date() } = options ?? {};
      return {
        ...event,
        event_id: eventId || event.event_id || uuidV7(),
        timestamp: (!options?.timestamp && event.timestamp) || timestamp.toISOString(),
      };
    };
    return acknowledged(this.give('commerce', complete, options));
  }

  private give(
    contract: Contract,
    complete: () => object,
    options: SendOptions = {},
  ): Promise<Receipt | null> {
    return this.outbox?.give(contract, complete, options) ?? Promise.resolve(null);
  }
}

const acknowledged = (receipt: Promise<Receipt | null>): Promise<void> =>
  heeded(receipt.then(() => undefined));

/** A rejection that nobody looks at must not end the process. */
function heeded<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

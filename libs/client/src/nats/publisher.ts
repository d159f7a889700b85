import type { JetStreamClient } from '@nats-io/jetstream';
import type { CommerceEvent } from '../contract/types.js';
import { acknowledged, type Patience } from './acknowledged.js';
import { Clock, timestampOf } from './clock.js';
import { type Connection, jetStreamOf } from './connection.js';
import { checkoutStarted, type PublishedCheckout } from './events/checkout.js';
import {
  contributorPayoutCalculated,
  contributorPayoutSent,
  contributorRegistered,
  type PublishedContributor,
  type PublishedPayout,
  type PublishedPayoutCalculation,
} from './events/contributors.js';
import {
  orderCompleted,
  orderCreated,
  orderRefunded,
  type PublishedOrder,
  type PublishedRefund,
} from './events/orders.js';
import {
  type PublishedReferralClaim,
  type PublishedReferralCommission,
  type PublishedReferralCredit,
  type PublishedReferralLink,
  type PublishedReferralTier,
  referralClaimed,
  referralCommissionEarned,
  referralCreditGranted,
  referralLinkCreated,
  referralTierUpgraded,
} from './events/referrals.js';
import { messageIdOf } from './message-id.js';
import { PublishError } from './publish-error.js';

export interface PublisherOptions {
  /** How long one publish may take, all its tries together. 5000 unless told. */
  readonly timeoutMs?: number | undefined;
  /** How often it is tried in that time. A duplicate is harmless. 3 unless told. */
  readonly tries?: number | undefined;
}

export interface PublishOptions {
  /** Ends the waiting; the event may be stored nevertheless. */
  readonly signal?: AbortSignal | undefined;
}

/** An event without a time happens now. */
export type PublishableEvent = Omit<CommerceEvent, 'timestamp'> & {
  readonly timestamp?: string | undefined;
};

/** One for all publishers, so that no two events of a process have the same time. */
const clock = new Clock();

/**
 * Publishes commerce events to JetStream. Each method resolves once the stream has acknowledged the
 * event, and is tried again until then: equal messages have an equal `Nats-Msg-Id`.
 *
 * Amounts are whole minor units of their currency; on the wire they are decimal major units.
 * Without a connection every method does nothing and resolves.
 *
 * All methods reject with a `PublishError` where the event is not acknowledged in time, and with a
 * `RangeError` for an amount that is no whole number or beyond what JSON can write exactly.
 */
export class Publisher {
  private readonly client: JetStreamClient | null;
  private readonly patience: Patience;

  constructor(
    connection: Connection | null | undefined,
    { timeoutMs = 5000, tries = 3 }: PublisherOptions = {},
  ) {
    if (!(timeoutMs > 0)) throw new RangeError(`timeoutMs is ${timeoutMs}, which is no time`);
    if (!(tries >= 1)) throw new RangeError(`tries is ${tries}, which is less than once`);
    this.client = jetStreamOf(connection);
    this.patience = { timeoutMs, tries };
  }

  /** After its payment was authorised. */
  publishOrderCreated(order: PublishedOrder, options?: PublishOptions): Promise<void> {
    return this.send(() => orderCreated(order, clock.now()), options);
  }

  /** After its payment was captured: this is income. */
  publishOrderCompleted(order: PublishedOrder, options?: PublishOptions): Promise<void> {
    return this.send(() => orderCompleted(order, clock.now()), options);
  }

  /** Each refund of an order is one of its own: their amounts are added up. */
  publishOrderRefunded(refund: PublishedRefund, options?: PublishOptions): Promise<void> {
    return this.send(() => orderRefunded(refund, clock.now()), options);
  }

  publishCheckoutStarted(checkout: PublishedCheckout, options?: PublishOptions): Promise<void> {
    return this.send(() => checkoutStarted(checkout, clock.now()), options);
  }

  publishReferralLinkCreated(link: PublishedReferralLink, options?: PublishOptions): Promise<void> {
    return this.send(() => referralLinkCreated(link, clock.now()), options);
  }

  publishReferralClaimed(claim: PublishedReferralClaim, options?: PublishOptions): Promise<void> {
    return this.send(() => referralClaimed(claim, clock.now()), options);
  }

  /** Each call is a credit of its own. */
  publishReferralCreditGranted(
    credit: PublishedReferralCredit,
    options?: PublishOptions,
  ): Promise<void> {
    const event = (): CommerceEvent =>
      referralCreditGranted(credit, clock.now(), clock.uniqueMillis());
    return this.send(event, options);
  }

  publishReferralCommissionEarned(
    earned: PublishedReferralCommission,
    options?: PublishOptions,
  ): Promise<void> {
    return this.send(() => referralCommissionEarned(earned, clock.now()), options);
  }

  publishReferralTierUpgraded(
    tier: PublishedReferralTier,
    options?: PublishOptions,
  ): Promise<void> {
    const event = (): CommerceEvent =>
      referralTierUpgraded(tier, clock.now(), clock.uniqueMillis());
    return this.send(event, options);
  }

  publishContributorRegistered(
    contributor: PublishedContributor,
    options?: PublishOptions,
  ): Promise<void> {
    return this.send(() => contributorRegistered(contributor, clock.now()), options);
  }

  publishContributorPayoutCalculated(
    calculation: PublishedPayoutCalculation,
    options?: PublishOptions,
  ): Promise<void> {
    return this.send(() => contributorPayoutCalculated(calculation, clock.now()), options);
  }

  publishContributorPayoutSent(payout: PublishedPayout, options?: PublishOptions): Promise<void> {
    return this.send(() => contributorPayoutSent(payout, clock.now()), options);
  }

  /** Any event, under any subject of the stream; its amounts are for you to write (`majorUnits`). */
  publish(subject: string, event: PublishableEvent, options?: PublishOptions): Promise<void> {
    const timed = (): CommerceEvent => ({
      ...event,
      timestamp: event.timestamp || timestampOf(clock.now()),
    });
    return this.send(timed, options, subject);
  }

  /** What is wrong with an event rejects too, and is not looked at without a connection. */
  private async send(
    eventOf: () => CommerceEvent,
    { signal }: PublishOptions = {},
    subject?: string,
  ): Promise<void> {
    const { client, patience } = this;
    if (client === null) return;
    const event = eventOf();
    const to = subject ?? `commerce.${event.type}`;
    const body = JSON.stringify(event);
    const msgID = messageIdOf(event);
    try {
      const attempt = (timeout: number) => client.publish(to, body, { msgID, timeout });
      await acknowledged(attempt, patience, signal);
    } catch (error) {
      throw new PublishError(to, event, error);
    }
  }
}

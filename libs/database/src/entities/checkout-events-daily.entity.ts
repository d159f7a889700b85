import type { CheckoutEventName } from '#libs/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'checkout_events_daily_pkey';

/**
 * Checkout events of a day by name. Beside the rows of each offer stand those of all offers
 * together, whose offer is empty: they answer most questions, and are few.
 */
@Entity('checkout_events_daily')
@Index('checkout_events_daily_offer_id', ['offerId', 'day'])
@Index('checkout_events_daily_producer_id', ['producerId', 'day'])
export class CheckoutEventsDailyEntity {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  /** Empty: of all offers together. */
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  offerId: string;

  /** A hash of all dimensions, because some may be null. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  /** Null where all offers are together. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  productId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  producerId: string | null;

  /** Of events, whether the event is; of sessions, whether one of its events is. */
  @Column({ type: 'boolean' })
  isProduction: boolean;

  @Column({ type: 'varchar', length: 64 })
  eventName: CheckoutEventName;

  /** That happened on the day. */
  @Column({ type: 'integer' })
  events: number;

  /** That began on the day, and have such an event on whatever day. */
  @Column({ type: 'integer' })
  sessions: number;

  /** When the newest of these events, or of these sessions' events, was received. */
  @Column({ type: 'timestamptz' })
  newestReceivedAt: Date;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'checkout_errors_daily_pkey';

/**
 * Errors of a day's sessions that are alike in all dimensions. Beside the rows of each error stands
 * one without a name, of all errors together: a session that had several is in several rows of the
 * former, and in one of these.
 */
@Entity('checkout_errors_daily')
@Index('checkout_errors_daily_offer_id', ['offerId', 'day'])
@Index('checkout_errors_daily_producer_id', ['producerId', 'day'])
export class CheckoutErrorsDailyEntity {
  /** Of the session's first event, as in the funnel. */
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  offerId: string;

  /** A hash of all dimensions: they may be null, and together too long for a key. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  @Column({ type: 'varchar', length: 200 })
  productId: string;

  @Column({ type: 'varchar', length: 200 })
  producerId: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutType: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutMode: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  paymentMethod: string | null;

  /** Null: one of many, as in the funnel. */
  @Column({ type: 'varchar', length: 253, nullable: true })
  fullHostname: string | null;

  @Column({ type: 'boolean' })
  isProduction: boolean;

  /** The event's name; null: of whatever name. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  error: string | null;

  /** The event's own word; null where it says none. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  step: string | null;

  /** Of a session the first hundred count. */
  @Column({ type: 'integer' })
  events: number;

  @Column({ type: 'integer' })
  sessions: number;

  /** When the newest event of these sessions was received. */
  @Column({ type: 'timestamptz' })
  newestReceivedAt: Date;

  /** Sessions that converted at the first such error or after it. */
  @Column({ type: 'integer' })
  recovered: number;
}

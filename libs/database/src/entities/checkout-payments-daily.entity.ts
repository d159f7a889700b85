import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'checkout_payments_daily_pkey';

/**
 * Sessions of a day that converted and were paid, as orders tell, and how long that took. Beside the
 * rows of each offer stand those of all offers together, whose offer is empty, and beside these the
 * ones of all types and modes together too, which are empty as well.
 */
@Entity('checkout_payments_daily')
@Index('checkout_payments_daily_offer_id', ['offerId', 'day'])
@Index('checkout_payments_daily_producer_id', ['producerId', 'day'])
@Index('checkout_payments_daily_together', ['day'], { where: "checkout_type = ''" })
export class CheckoutPaymentsDailyEntity {
  /** Of the session's first event. */
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

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutType: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutMode: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  paymentMethod: string | null;

  /** Null: one of many, as in `checkout_funnel_daily`; or where all offers are together. */
  @Column({ type: 'varchar', length: 253, nullable: true })
  fullHostname: string | null;

  @Column({ type: 'boolean' })
  isProduction: boolean;

  @Column({ type: 'integer' })
  paid: number;

  /** From the conversion to the first order that names the session: to within 2.5 %, ascending. */
  @Column({ type: 'bigint', array: true })
  timesToPayMs: string[];

  /** How many were paid after each of these times. */
  @Column({ type: 'integer', array: true })
  paidAfter: number[];
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const Sessions = (): PropertyDecorator => Column({ type: 'integer' });
const KEY = 'checkout_funnel_daily_pkey';

/**
 * Sessions of a day that are alike in all dimensions, and how many of them did what. A session is
 * on the day of its first event alone, so that days add up.
 */
@Entity('checkout_funnel_daily')
@Index('checkout_funnel_daily_offer_id', ['offerId', 'day'])
@Index('checkout_funnel_daily_producer_id', ['producerId', 'day'])
export class CheckoutFunnelDailyEntity {
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

  /** Null: one of many. Of an offer the twenty most frequent of a day are told apart. */
  @Column({ type: 'varchar', length: 253, nullable: true })
  fullHostname: string | null;

  @Column({ type: 'boolean' })
  isProduction: boolean;

  @Sessions()
  sessions: number;

  @Sessions()
  pageViewed: number;

  @Sessions()
  sessionStarted: number;

  @Sessions()
  identificationStarted: number;

  @Sessions()
  identificationCompleted: number;

  @Sessions()
  identificationErrors: number;

  @Sessions()
  addressStarted: number;

  @Sessions()
  addressCompleted: number;

  @Sessions()
  addressErrors: number;

  @Sessions()
  shippingSelected: number;

  @Sessions()
  paymentStarted: number;

  @Sessions()
  paymentDataErrors: number;

  /** With an error of the data or of the payment itself. */
  @Sessions()
  paymentErrors: number;

  @Sessions()
  submitted: number;

  /** With a conversion; or with a payment, where none was sent. */
  @Sessions()
  conversions: number;

  /** Milliseconds from the first event to the conversion, of all that have one together. */
  @Column({ type: 'bigint' })
  conversionMs: string;

  /** Left a way to reach the buyer, and did not convert. */
  @Sessions()
  abandoned: number;

  @Sessions()
  steppedBack: number;

  @Sessions()
  couponApplied: number;

  @Sessions()
  couponErrors: number;

  @Sessions()
  orderBumpViewed: number;

  @Sessions()
  orderBumpAccepted: number;

  @Sessions()
  orderBumpDeclined: number;

  /** Had this and every step of the funnel before it, none earlier than the one before. */
  @Sessions()
  identificationStartedInOrder: number;

  @Sessions()
  identificationCompletedInOrder: number;

  @Sessions()
  addressStartedInOrder: number;

  @Sessions()
  addressCompletedInOrder: number;

  @Sessions()
  paymentStartedInOrder: number;

  @Sessions()
  submittedInOrder: number;

  @Sessions()
  conversionsInOrder: number;
}

import type {
  CheckoutMode,
  CheckoutType,
  ExecutionEnvironment,
  PaymentMethod,
} from '#libs/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const FirstTime = (): PropertyDecorator => Column({ type: 'timestamptz', nullable: true });

/**
 * One session at one offer, folded from its events; `…_at` is the first time that something
 * happened in it. An event that claims to be over 24 h ahead of its receipt happened at its receipt.
 */
@Entity('checkout_sessions')
@Index('checkout_sessions_first_seen_at', ['firstSeenAt'])
@Index('checkout_sessions_offer_id', ['offerId', 'firstSeenAt'])
@Index('checkout_sessions_producer_id', ['producerId', 'firstSeenAt'])
@Index('checkout_sessions_abandoned', ['firstSeenAt', 'sessionId', 'offerId'], {
  where: 'has_contact AND conversion_succeeded_at IS NULL AND payment_succeeded_at IS NULL',
})
export class CheckoutSessionEntity {
  @PrimaryColumn({
    type: 'varchar',
    length: 200,
    primaryKeyConstraintName: 'checkout_sessions_pkey',
  })
  sessionId: string;

  @PrimaryColumn({
    type: 'varchar',
    length: 200,
    primaryKeyConstraintName: 'checkout_sessions_pkey',
  })
  offerId: string;

  /** Its UTC day is the session's day. */
  @Column({ type: 'timestamptz' })
  firstSeenAt: Date;

  @Column({ type: 'timestamptz' })
  lastSeenAt: Date;

  /** When the newest of its events was received. */
  @Column({ type: 'timestamptz' })
  lastReceivedAt: Date;

  /** As of the first event, like producer, environment and host. */
  @Column({ type: 'varchar', length: 200 })
  productId: string;

  @Column({ type: 'varchar', length: 200 })
  producerId: string;

  @Column({ type: 'varchar', length: 32 })
  executionEnvironment: ExecutionEnvironment;

  @Column({ type: 'varchar', length: 253 })
  fullHostname: string;

  /** The first that was said. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutType: CheckoutType | null;

  @FirstTime()
  checkoutTypeAt: Date | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutMode: CheckoutMode | null;

  @FirstTime()
  checkoutModeAt: Date | null;

  /** Whether one of its events is of real buyers. */
  @Column({ type: 'boolean' })
  isProduction: boolean;

  /** Whether an e-mail address or a telephone number was left. */
  @Column({ type: 'boolean' })
  hasContact: boolean;

  /**
   * Whether one was left by an event that claims to be over 24 h ahead, which is stored with those
   * of another day. Also where nobody looked.
   */
  @Column({ type: 'boolean', default: true })
  hasContactAhead: boolean;

  /** Of the last `submit_clicked`; its time is the last, not the first. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  submittedMethod: PaymentMethod | null;

  @Column({ type: 'timestamptz', nullable: true })
  submittedMethodAt: Date | null;

  /** Of the last `payment_success` or `payment_error`. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  settledMethod: PaymentMethod | null;

  @Column({ type: 'timestamptz', nullable: true })
  settledMethodAt: Date | null;

  /** Of the last `payment_method_selected`. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  selectedMethod: PaymentMethod | null;

  @Column({ type: 'timestamptz', nullable: true })
  selectedMethodAt: Date | null;

  @FirstTime()
  pageViewedAt: Date | null;

  @FirstTime()
  sessionStartedAt: Date | null;

  @FirstTime()
  identificationStartedAt: Date | null;

  @FirstTime()
  identificationCompletedAt: Date | null;

  @FirstTime()
  identificationErrorAt: Date | null;

  @FirstTime()
  addressStartedAt: Date | null;

  @FirstTime()
  addressCompletedAt: Date | null;

  @FirstTime()
  addressErrorAt: Date | null;

  @FirstTime()
  shippingSelectedAt: Date | null;

  @FirstTime()
  paymentStartedAt: Date | null;

  /** Of the data that were typed in. */
  @FirstTime()
  paymentDataErrorAt: Date | null;

  /** Of the payment itself. */
  @FirstTime()
  paymentErrorAt: Date | null;

  @FirstTime()
  submittedAt: Date | null;

  @FirstTime()
  paymentSucceededAt: Date | null;

  @FirstTime()
  conversionSucceededAt: Date | null;

  @FirstTime()
  steppedBackAt: Date | null;

  @FirstTime()
  couponAppliedAt: Date | null;

  @FirstTime()
  couponErrorAt: Date | null;

  @FirstTime()
  orderBumpViewedAt: Date | null;

  @FirstTime()
  orderBumpAcceptedAt: Date | null;

  @FirstTime()
  orderBumpDeclinedAt: Date | null;

  /** Of which names it has events: a bit a name, by the name's place in the catalogue. */
  @Column({ type: 'bigint' })
  eventNames: string;

  /**
   * Its error events, each once, as `time name step id`: a set, because a set can be folded and a
   * count cannot. The first hundred; null while there is none.
   */
  @Column({ type: 'text', array: true, nullable: true })
  errors: string[] | null;
}

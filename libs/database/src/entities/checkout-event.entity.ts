import type {
  CheckoutEventDto,
  CheckoutEventName,
  CheckoutMode,
  CheckoutStep,
  CheckoutType,
  ExecutionEnvironment,
  PaymentMethod,
} from '#libs/contracts';
import { Column, CreateDateColumn, Entity, Index, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { Mirrors } from '../mirrors.js';
import { isAhead } from '../raw-events/counted-between.sql.js';

/** Raw checkout events as they were sent. Append-only, partitioned by `event_timestamp`. */
@Entity('checkout_events')
@Index('checkout_events_session_id', ['sessionId'])
@Index('checkout_events_offer_id', ['offerId', 'eventTimestamp'])
@Index('checkout_events_created_at', ['createdAt'])
@Index('checkout_events_ahead', ['receivedAt'], { where: isAhead('event_timestamp') })
export class CheckoutEventEntity implements Mirrors<Omit<CheckoutEventDto, 'timestamp'>> {
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: 'checkout_events_pkey' })
  eventId: string;

  @Column({ type: 'varchar', length: 64 })
  eventName: CheckoutEventName;

  @Column({ type: 'varchar', length: 2000, nullable: true })
  eventDescription: string | null;

  @Column({ type: 'varchar', length: 200 })
  sessionId: string;

  @Column({ type: 'varchar', length: 200 })
  offerId: string;

  @Column({ type: 'varchar', length: 200 })
  productId: string;

  @Column({ type: 'varchar', length: 200 })
  producerId: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutType: CheckoutType | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutMode: CheckoutMode | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  step: CheckoutStep | null;

  @Column({ type: 'varchar', length: 320, nullable: true })
  email: string | null;

  @Column({ type: 'varchar', length: 40, nullable: true })
  phone: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  paymentMethod: PaymentMethod | null;

  /** `timestamp` of the contract. In the key, because the table is partitioned by it. */
  @PrimaryColumn({ type: 'timestamptz', primaryKeyConstraintName: 'checkout_events_pkey' })
  eventTimestamp: Date;

  @Column({ type: 'varchar', length: 32 })
  executionEnvironment: ExecutionEnvironment;

  @Column({ type: 'varchar', length: 253 })
  fullHostname: string;

  @Column({ type: 'varchar', length: 253 })
  rootDomain: string;

  @Column({ type: 'timestamptz' })
  receivedAt: Date;

  @Column({ type: 'inet', nullable: true })
  ipAddress: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true })
  userAgent: string | null;

  /** The writer's transaction: a projector reads a batch by it. */
  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  readonly createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  readonly updatedAt: Date;
}

/** A row ready to insert; the database fills in the rest. */
export type NewCheckoutEvent = Omit<CheckoutEventEntity, 'createdAt' | 'updatedAt'>;

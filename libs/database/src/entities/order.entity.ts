import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'orders_pkey';

const EventTime = (): PropertyDecorator => Column({ type: 'timestamptz', nullable: true });
const Events = (): PropertyDecorator => Column({ type: 'integer' });

/**
 * One order of an organization, counted from its events in `order_facts`. `…_at` are times of those
 * events, `created_at` among them: none is of this row.
 */
@Entity('orders')
@Index('orders_first_seen_at', ['firstSeenAt'])
@Index('orders_organization_id', ['organizationId', 'firstSeenAt'])
@Index('orders_completed_at', ['completedAt'], { where: 'completed_at IS NOT NULL' })
@Index('orders_canceled_at', ['canceledAt'], { where: 'canceled_at IS NOT NULL' })
@Index('orders_session_id', ['sessionId'], { where: 'session_id IS NOT NULL' })
export class OrderEntity {
  /** Empty where the events name none. */
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  organizationId: string;

  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  orderId: string;

  @Column({ type: 'timestamptz' })
  firstSeenAt: Date;

  @Column({ type: 'timestamptz' })
  lastSeenAt: Date;

  /** The checkout session that the first of its events names that names any. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  sessionId: string | null;

  /** The first `order.created`. */
  @EventTime()
  createdAt: Date | null;

  /** The first `order.completed`, over whichever transport: then the order is income, once. */
  @EventTime()
  completedAt: Date | null;

  /**
   * The first `order.canceled` at or after the completion, which takes the income back; of an order
   * that was never completed the first of all. One before the completion was overtaken by it.
   */
  @EventTime()
  canceledAt: Date | null;

  /** The last `order.refunded`. */
  @EventTime()
  refundedAt: Date | null;

  /** Of the first completion; null while there is none, or where it cannot be read. */
  @Column({ type: 'bigint', nullable: true })
  amountMinor: string | null;

  /** Of the first completion, upper case; null while there is none, or where it names no amount. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  currency: string | null;

  /** The refunds that can be read and are in the order's currency, together; 0 while it is no income. */
  @Column({ type: 'numeric', precision: 38, scale: 0 })
  refundedMinor: string;

  @Events()
  creations: number;

  @Events()
  completions: number;

  @Events()
  cancellations: number;

  @Events()
  refunds: number;

  /** Refunds that are not in `refunded_minor`. */
  @Events()
  leftOutRefunds: number;
}

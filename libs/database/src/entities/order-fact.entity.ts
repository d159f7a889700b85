import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'order_facts_pkey';

/**
 * What one stored event says of an order. Kept beside the raw rows, in one table without partitions:
 * an order is counted anew from a few rows of its own, and also once its oldest events are retired.
 */
@Entity('order_facts')
@Index('order_facts_happened_at', ['happenedAt'])
export class OrderFactEntity {
  /** Empty where the event names none. */
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  organizationId: string;

  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  orderId: string;

  /** The MD5 of the event's idempotency key, which is too long for this one. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  event: string;

  /** The moment at which the event counts. */
  @Column({ type: 'timestamptz' })
  happenedAt: Date;

  /** `order.created`, `order.completed`, `order.canceled` or `order.refunded`. */
  @Column({ type: 'varchar', length: 200 })
  eventType: string;

  @Column({ type: 'varchar', length: 200, nullable: true })
  sessionId: string | null;

  /** Null where the event names no amount, or one that cannot be read. */
  @Column({ type: 'bigint', nullable: true })
  amountMinor: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  currency: string | null;
}

import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import { isAhead } from '../raw-events/counted-between.sql.js';

/** How an event was spelt: as the HTTP client does, or as the publisher's envelope. */
export type CommerceWire = 'collector' | 'envelope';

/**
 * Raw commerce events as they were sent, whatever their transport. Append-only, partitioned by
 * `event_time`. Amounts are derived from what was sent, which is kept beside them.
 */
@Entity('commerce_events')
@Index('commerce_events_event_id', ['eventId'])
@Index('commerce_events_order_id', ['orderId'])
@Index('commerce_events_created_at', ['createdAt'])
@Index('commerce_events_ahead', ['receivedAt'], { where: isAhead('event_time') })
export class CommerceEventEntity {
  /** A JSON list that begins with what the key is made of. */
  @PrimaryColumn({
    type: 'varchar',
    length: 1000,
    primaryKeyConstraintName: 'commerce_events_pkey',
  })
  idempotencyKey: string;

  /** What the sender says, else when it was received. Partitions are by it. */
  @PrimaryColumn({ type: 'timestamptz', primaryKeyConstraintName: 'commerce_events_pkey' })
  eventTime: Date;

  @Column({ type: 'varchar', length: 16 })
  wire: CommerceWire;

  @Column({ type: 'varchar', length: 16 })
  transport: string;

  /** As it was sent: `order_completed` or `order.completed`. */
  @Column({ type: 'varchar', length: 200 })
  eventName: string;

  /** One name for the same fact from both transports: `order.completed`. */
  @Column({ type: 'varchar', length: 200 })
  eventType: string;

  /** The sender's id of the event; of an envelope the id of what it is about. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  eventId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  organizationId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  userId: string | null;

  /** Of the checkout, where the event says so. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  sessionId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  orderId: string | null;

  /** The amount as it was sent. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  amount: string | null;

  /** Null where the amount or its currency cannot be read. */
  @Column({ type: 'bigint', nullable: true })
  amountMinor: number | null;

  /** Upper case, USD where none was sent; also what is no currency code. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  currency: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  quantity: string | null;

  /** The time as it was spelt, with its nanoseconds. */
  @Column({ type: 'varchar', length: 40, nullable: true })
  timestampText: string | null;

  @Column({ type: 'varchar', length: 8192, nullable: true })
  url: string | null;

  @Column({ type: 'varchar', length: 8192, nullable: true })
  referrer: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  productId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  cartId: string | null;

  /** `properties` of the HTTP client, `data` of the envelope. */
  @Column({ type: 'jsonb', nullable: true })
  data: object | null;

  @Column({ type: 'jsonb', nullable: true })
  ga4: unknown;

  @Column({ type: 'jsonb', nullable: true })
  facebookCapi: unknown;

  /** Which of the parts are not what their contract says: kept, and not to be sent on. */
  @Column({ type: 'jsonb', default: () => "'[]'" })
  malformedParts: readonly string[];

  @Column({ type: 'timestamptz' })
  receivedAt: Date;

  @Column({ type: 'inet', nullable: true })
  ipAddress: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true })
  userAgent: string | null;

  /** The writer's transaction: a projector reads a batch by it. */
  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  readonly createdAt: Date;
}

type Json = 'data' | 'ga4' | 'facebookCapi' | 'malformedParts';

/** A row ready to insert, its time as text with microseconds, its JSON as text. */
export type NewCommerceEvent = Omit<CommerceEventEntity, 'createdAt' | 'eventTime' | Json> & {
  readonly eventTime: string;
} & Readonly<Record<Json, string | null>>;

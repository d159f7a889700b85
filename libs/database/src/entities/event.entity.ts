import type { AnalyticsEventDto, EntityType, EventSource } from '#libs/contracts';
import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Mirrors } from '../mirrors.js';

/**
 * What has a column as it was sent. The rest is in `props_json`, in `attribution`, or has become
 * the actor, the key and the time.
 */
type Sent = Omit<
  AnalyticsEventDto,
  'attribution' | 'context' | 'idempotencyKey' | 'occurredAt' | 'props' | 'source'
>;

const PRIMARY_KEY = { primaryKeyConstraintName: 'events_pkey' };

/**
 * Raw analytics events: as they were sent, beside whom and what they belong to. Append-only,
 * partitioned by `occurred_at`.
 */
@Entity('events')
@Index('events_event_type', ['eventType', 'occurredAt'])
@Index('events_ip_asset_id', ['ipAssetId', 'occurredAt'])
@Index('events_session_id', ['sessionId'])
@Index('events_entity_id', ['entityId', 'occurredAt'])
@Index('events_created_at', ['createdAt'])
@Index('events_revenue', ['occurredAt'], { where: "props_json ? 'revenueCents'" })
@Index('events_no_asset', ['occurredAt'], {
  where: 'ip_asset_id IS NULL AND (project_id IS NOT NULL OR license_id IS NOT NULL)',
})
export class EventEntity implements Mirrors<Sent> {
  /** Derived from the idempotency key where there is one. */
  @PrimaryColumn({ type: 'uuid', ...PRIMARY_KEY })
  id: string;

  /** What the sender says, else when it was received. In the key, because partitions are by it. */
  @PrimaryColumn({ type: 'timestamptz', ...PRIMARY_KEY })
  occurredAt: Date;

  @Column({ type: 'varchar', length: 32 })
  source: EventSource;

  @Column({ type: 'varchar', length: 100 })
  eventType: string;

  /** The role of who acted, else `user`; null where nobody is known. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  actorType: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  actorId: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  entityType: EntityType | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  entityId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  projectId: string | null;

  /** Of an event about a licence, the licence's asset. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  ipAssetId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  licenseId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  userId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  brandId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  creatorId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  sessionId: string | null;

  /** `props` of the contract. */
  @Column({ type: 'jsonb', nullable: true })
  propsJson: object | null;

  /** The sender's, behind the sender's trust: `anonymous:`, `user:` or `key:`. */
  @Column({ type: 'varchar', length: 220, nullable: true })
  idempotencyKey: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true })
  userAgent: string | null;

  @Column({ type: 'inet', nullable: true })
  ipAddress: string | null;

  @Column({ type: 'timestamptz' })
  receivedAt: Date;

  /** The writer's transaction: a projector reads a batch by it. */
  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  readonly createdAt: Date;
}

/** A row ready to insert, its time as text with microseconds, its JSON as text. */
export type NewEvent = Omit<EventEntity, 'createdAt' | 'occurredAt' | 'propsJson'> & {
  readonly occurredAt: string;
  readonly propsJson: string | null;
};

import type { FlowType, TrackingEventDto, TrackingEventType } from '#libs/contracts';
import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Mirrors } from '../mirrors.js';

/** The idempotency key stands where a sender may leave its id out, and its time is a time. */
type Sent = Omit<TrackingEventDto, 'eventId' | 'timestamp'>;

/** Raw tracking events as they were sent. Append-only, partitioned by `event_timestamp`. */
@Entity('tracking_events')
@Index('tracking_events_session_id', ['sessionId'])
@Index('tracking_events_created_at', ['createdAt'])
export class TrackingEventEntity implements Mirrors<Sent> {
  /** As it was sent; without one `sha256:` and the hash of the event. */
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: 'tracking_events_pkey' })
  eventId: string;

  @Column({ type: 'varchar', length: 64 })
  eventType: TrackingEventType;

  @Column({ type: 'varchar', length: 200 })
  sessionId: string;

  @Column({ type: 'varchar', length: 200 })
  trackId: string;

  @Column({ type: 'varchar', length: 200, nullable: true })
  userId: string | null;

  @Column({ type: 'varchar', length: 8192 })
  url: string;

  @Column({ type: 'varchar', length: 2048 })
  path: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  flow: FlowType | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  step: string | null;

  /** The contract's own spelling. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  cockpitSessinoId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  productSlug: string | null;

  /** `timestamp` of the contract. In the key, because the table is partitioned by it. */
  @PrimaryColumn({ type: 'timestamptz', primaryKeyConstraintName: 'tracking_events_pkey' })
  eventTimestamp: Date;

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

/** A row ready to insert; the database fills in the rest. Its time is text with microseconds. */
export type NewTrackingEvent = Omit<TrackingEventEntity, 'createdAt' | 'eventTimestamp'> & {
  readonly eventTimestamp: string;
};

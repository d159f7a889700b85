import type { FlowType, TrackingEventType } from '#libs/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

const KEY = 'tracking_daily_pkey';

/** Tracking events of a day, by what they say. */
@Entity('tracking_daily')
export class TrackingDailyEntity {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  @PrimaryColumn({ type: 'varchar', length: 64, primaryKeyConstraintName: KEY })
  eventType: TrackingEventType;

  /** A hash of all dimensions, because some may be null. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  flow: FlowType | null;

  /** Null too for those of a day that are not among its most frequent. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  step: string | null;

  @Column({ type: 'integer' })
  events: number;

  @Column({ type: 'timestamptz' })
  newestReceivedAt: Date;
}

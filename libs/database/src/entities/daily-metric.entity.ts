import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The figures of an asset on a UTC day, told apart by project and licence where they are known. Its
 * columns are a contract: the platform's own SQL reads them.
 *
 * Any of the ids may be null, in a unique constraint that takes nulls for equal, which TypeORM cannot
 * say: it leaves this table alone, and a test compares the two.
 */
@Entity('daily_metrics', { synchronize: false })
export class DailyMetricEntity {
  @PrimaryColumn({ type: 'date' })
  date: string;

  @PrimaryColumn({ type: 'varchar', length: 200 })
  projectId: string | null;

  /** Null where an event belongs to a project or licence whose asset was not known yet. */
  @PrimaryColumn({ type: 'varchar', length: 200 })
  ipAssetId: string | null;

  @PrimaryColumn({ type: 'varchar', length: 200 })
  licenseId: string | null;

  @Column({ type: 'integer' })
  views: number;

  @Column({ type: 'integer' })
  clicks: number;

  @Column({ type: 'integer' })
  conversions: number;

  @Column({ type: 'bigint' })
  revenueCents: string;

  @Column({ type: 'integer' })
  uniqueVisitors: number;

  /** A sum of what senders measure, in their unit. */
  @Column({ type: 'numeric' })
  engagementTime: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}

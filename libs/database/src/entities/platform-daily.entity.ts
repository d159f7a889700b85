import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What went on on the whole creators' platform, by the UTC day. */
@Entity('platform_daily')
export class PlatformDailyEntity {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'platform_daily_pkey' })
  day: string;

  @Column({ type: 'integer' })
  signUps: number;

  @Column({ type: 'integer' })
  uploads: number;

  @Column({ type: 'integer' })
  licensesCreated: number;

  @Column({ type: 'integer' })
  licensesRenewed: number;

  @Column({ type: 'integer' })
  licensesExpired: number;

  @Column({ type: 'integer' })
  licensesTerminated: number;

  @Column({ type: 'bigint' })
  revenueCents: string;

  /** Of the events that name a brand. */
  @Column({ type: 'bigint' })
  brandRevenueCents: string;

  /** Events whose revenue is no whole number of cents. */
  @Column({ type: 'integer' })
  invalidRevenues: number;

  /** Of assets. */
  @Column({ type: 'bigint' })
  views: string;

  /** Sessions at an asset that were programs'. */
  @Column({ type: 'integer' })
  botVisits: number;

  /** When the newest event of the day was received. */
  @Column({ type: 'timestamptz' })
  newestReceivedAt: Date;
}

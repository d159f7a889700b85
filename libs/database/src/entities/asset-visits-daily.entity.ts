import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'asset_visits_daily_pkey';

/**
 * Visits and visitors at an asset on a UTC day, told apart within the day: those of several days are in
 * `returning_visits` too. A row for each referrer has visits; the one without has everything else.
 */
@Entity('asset_visits_daily')
@Index('asset_visits_daily_ip_asset_id', ['ipAssetId', 'day'])
export class AssetVisitsDailyEntity {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  ipAssetId: string;

  /** A hash of asset and referrer. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  /** The first page before that a visit named. */
  @Column({ type: 'varchar', length: 2048, nullable: true })
  referrer: string | null;

  @Column({ type: 'integer' })
  visits: number;

  @Column({ type: 'integer' })
  visitors: number;

  @Column({ type: 'integer' })
  bots: number;

  @Column({ type: 'integer' })
  invalidRevenues: number;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'asset_figures_daily_pkey';

/**
 * The rows of `daily_metrics` of an asset on a UTC day, added up: there is one for each licence, and
 * every sale makes one.
 */
@Entity('asset_figures_daily')
@Index('asset_figures_daily_ip_asset_id', ['ipAssetId', 'date'])
export class AssetFiguresDailyEntity {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  date: string;

  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  ipAssetId: string;

  @Column({ type: 'integer' })
  views: number;

  @Column({ type: 'integer' })
  clicks: number;

  @Column({ type: 'integer' })
  conversions: number;

  @Column({ type: 'bigint' })
  revenueCents: string;

  @Column({ type: 'numeric' })
  engagementTime: string;
}

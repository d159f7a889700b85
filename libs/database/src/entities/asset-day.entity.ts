import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = { primaryKeyConstraintName: 'asset_days_pkey' };

/** A UTC day on which an asset had events. */
@Entity('asset_days')
@Index('asset_days_day', ['day'])
export class AssetDayEntity {
  /** Empty for the events that belong to no asset. */
  @PrimaryColumn({ type: 'varchar', length: 200, ...KEY })
  ipAssetId: string;

  @PrimaryColumn({ type: 'date', ...KEY })
  day: string;

  /** When the newest of them was received. */
  @Column({ type: 'timestamptz' })
  newestReceivedAt: Date;
}

import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * A note that an asset has new events on a day, so that its figures of that day are recounted and no
 * others. Never updated: who writes notes and who takes them do not wait for each other.
 */
@Entity('touched_assets')
@Index('touched_assets_day', ['day'])
export class TouchedAssetEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'touched_assets_pkey',
  })
  id: string;

  @Column({ type: 'date' })
  day: string;

  /** Empty for events that belong to no asset. */
  @Column({ type: 'varchar', length: 200 })
  ipAssetId: string;

  /** When the oldest of the events was stored. */
  @Column({ type: 'timestamptz' })
  storedAt: Date;
}

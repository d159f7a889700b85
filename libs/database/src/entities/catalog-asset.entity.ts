import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What an asset is called, and whose it is.
 *
 * Beside each value stands its claim: who said it and when, spelled so that the least one holds.
 */
@Entity('catalog_assets')
@Index('catalog_assets_creator', ['creatorId', 'assetId'])
export class CatalogAssetEntity {
  @PrimaryColumn({
    type: 'varchar',
    length: 200,
    collation: 'C',
    primaryKeyConstraintName: 'catalog_assets_pkey',
  })
  assetId: string;

  /** Null where nobody said it yet. */
  @Column({ type: 'varchar', length: 500, nullable: true })
  title: string | null;

  @Column({ type: 'varchar', length: 40, collation: 'C', nullable: true })
  titleClaim: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  creatorId: string | null;

  @Column({ type: 'varchar', length: 40, collation: 'C', nullable: true })
  creatorIdClaim: string | null;

  /** Null where nobody said it, or an administrator said that there is none. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  projectId: string | null;

  @Column({ type: 'varchar', length: 40, collation: 'C', nullable: true })
  projectIdClaim: string | null;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt: Date;
}

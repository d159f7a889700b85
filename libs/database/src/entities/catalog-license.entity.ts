import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** The asset that a licence is for. Events about the licence count for that asset. */
@Entity('catalog_licenses')
@Index('catalog_licenses_asset_id', ['assetId'])
export class CatalogLicenseEntity {
  @PrimaryColumn({
    type: 'varchar',
    length: 200,
    collation: 'C',
    primaryKeyConstraintName: 'catalog_licenses_pkey',
  })
  licenseId: string;

  @Column({ type: 'varchar', length: 200, nullable: true })
  assetId: string | null;

  @Column({ type: 'varchar', length: 40, collation: 'C', nullable: true })
  assetIdClaim: string | null;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt: Date;
}

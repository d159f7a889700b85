import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** What a creator is called. Known from an endpoint, or from events that name it. */
@Entity('catalog_creators')
export class CatalogCreatorEntity {
  @PrimaryColumn({
    type: 'varchar',
    length: 200,
    collation: 'C',
    primaryKeyConstraintName: 'catalog_creators_pkey',
  })
  creatorId: string;

  /** Null where nobody said it, or an administrator said that there is none. */
  @Column({ type: 'varchar', length: 300, nullable: true })
  name: string | null;

  @Column({ type: 'varchar', length: 40, collation: 'C', nullable: true })
  nameClaim: string | null;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt: Date;
}

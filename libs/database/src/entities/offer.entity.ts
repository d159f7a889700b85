import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** Which product and producer an offer stands for. A deleted one leaves a tombstone. */
@Entity('offers')
@Index('offers_updated_at', ['updatedAt', 'offerId'])
export class OfferEntity {
  /** By code points, so that those with a prefix are neighbours in the index. */
  @PrimaryColumn({
    type: 'varchar',
    length: 200,
    collation: 'C',
    primaryKeyConstraintName: 'offers_pkey',
  })
  offerId: string;

  @Column({ type: 'varchar', length: 200 })
  productId: string;

  @Column({ type: 'varchar', length: 200 })
  producerId: string;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  /** By the database's clock, set on every write: the directory polls on it. */
  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt: Date;

  /** Set: a tombstone, which the directory needs to forget the offer. */
  @Column({ type: 'timestamptz', nullable: true })
  deletedAt: Date | null;
}

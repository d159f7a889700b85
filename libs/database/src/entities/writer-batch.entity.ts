import {
  Column,
  type ColumnType,
  CreateDateColumn,
  Entity,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';

/** One row a transaction and contract of the event writer: projectors read by it which rows are new. */
@Entity('writer_batches')
@Index('writer_batches_xid', ['xid'])
export class WriterBatchEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'writer_batches_pkey',
  })
  id: string;

  /** Of the transaction: a batch is complete once it is below every snapshot's `xmin`. */
  @Column({ type: 'xid8' as ColumnType, default: () => 'pg_current_xact_id()' })
  xid: string;

  @Column({ type: 'varchar', length: 64 })
  contract: string;

  /** Equal to `created_at` of the batch's rows. */
  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  /** Of the rows stored; null where the batch stored none. */
  @Column({ type: 'timestamptz', nullable: true })
  leastEventTime: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  greatestEventTime: Date | null;

  @Column({ type: 'integer' })
  stored: number;

  @Column({ type: 'integer' })
  duplicates: number;

  @Column({ type: 'integer' })
  conflicts: number;

  @Column({ type: 'integer' })
  rejected: number;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Up to when a contract's events may be gone: the figures of days before it are final. */
@Entity('retired_events')
export class RetiredEventEntity {
  @PrimaryColumn({ type: 'varchar', length: 64, primaryKeyConstraintName: 'retired_events_pkey' })
  contract: string;

  /** A beginning of a day in UTC. */
  @Column({ type: 'timestamptz' })
  before: Date;
}

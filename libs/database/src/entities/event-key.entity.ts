import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Under which time an event is stored whose key holds no time of the sender's: a retry may bear
 * another one, and a raw table's own key must contain the time by which it is partitioned.
 */
@Entity('event_keys')
@Index('event_keys_event_time', ['contract', 'eventTime'])
export class EventKeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 64, primaryKeyConstraintName: 'event_keys_pkey' })
  contract: string;

  @PrimaryColumn({ type: 'varchar', length: 1000, primaryKeyConstraintName: 'event_keys_pkey' })
  key: string;

  /** Goes when the partition of this time goes. */
  @Column({ type: 'timestamptz' })
  eventTime: Date;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  readonly createdAt: Date;
}

import type { BackfillState } from '#libs/contracts';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Days that somebody asked to be recounted, and how far that is. */
@Entity('backfills')
@Index('backfills_open', ['id'], { where: "state IN ('queued', 'running')" })
export class BackfillEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'backfills_pkey',
  })
  id: string;

  @Column({ type: 'date' })
  fromDay: string;

  @Column({ type: 'date' })
  toDay: string;

  @Column({ type: 'boolean' })
  dryRun: boolean;

  /** Null: all that there are. */
  @Column({ type: 'varchar', length: 64, array: true, nullable: true })
  rollups: readonly string[] | null;

  @Column({ type: 'varchar', length: 16, default: 'queued' })
  state: BackfillState;

  /** Whoever runs it looks before each day. */
  @Column({ type: 'boolean', default: false })
  isStopping: boolean;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  requestedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  startedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  /** Since a day was last done. */
  @Column({ type: 'integer', default: 0 })
  failures: number;

  @Column({ type: 'varchar', length: 500, nullable: true })
  error: string | null;
}

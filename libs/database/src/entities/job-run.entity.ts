import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What a job did: one run, or all runs of a minute where it runs often and they ended alike. */
@Entity('job_runs')
@Index('job_runs_job', ['job', 'id'])
export class JobRunEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'job_runs_pkey',
  })
  id: string;

  @Column({ type: 'varchar', length: 64 })
  job: string;

  @Column({ type: 'timestamptz' })
  startedAt: Date;

  @Column({ type: 'timestamptz' })
  endedAt: Date;

  @Column({ type: 'integer' })
  runs: number;

  /** How long they worked, without the pauses between them. */
  @Column({ type: 'bigint' })
  busyMs: string;

  @Column({ type: 'bigint' })
  rows: string;

  /** The days that changed, the newest of them. */
  @Column({ type: 'date', array: true })
  days: readonly string[];

  /** Rows that a recount found to be wrong, and mended; null for jobs that recount nothing. */
  @Column({ type: 'bigint', nullable: true })
  difference: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  error: string | null;
}

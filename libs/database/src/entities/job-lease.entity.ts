import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which run holds a job, so that one process of the cluster runs it. No row: nobody does. */
@Entity('job_leases')
export class JobLeaseEntity {
  @PrimaryColumn({ type: 'varchar', length: 64, primaryKeyConstraintName: 'job_leases_pkey' })
  job: string;

  @Column({ type: 'uuid' })
  run: string;

  /** By the database's clock, which all processes share. */
  @Column({ type: 'timestamptz' })
  until: Date;
}

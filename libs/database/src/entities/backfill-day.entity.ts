import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a backfill did with a day. */
@Entity('backfill_days')
export class BackfillDayEntity {
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'backfill_days_pkey' })
  backfill: string;

  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'backfill_days_pkey' })
  day: string;

  /** Raw events that were read. */
  @Column({ type: 'bigint', default: 0 })
  rows: string;

  @Column({ type: 'bigint', default: 0 })
  busyMs: string;

  /** Wrong rows of each projection and rollup. Grows with what was mended, in its transaction. */
  @Column({ type: 'jsonb', default: {} })
  differences: Readonly<Record<string, number>>;

  /** A day that is begun anew after a crash adds to what it had found. */
  @Column({ type: 'boolean', default: false })
  isDone: boolean;
}

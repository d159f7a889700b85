import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A day that a rollup must recount, because something that it counts has changed. */
@Entity('touched_days')
export class TouchedDayEntity {
  @PrimaryColumn({ type: 'varchar', length: 64, primaryKeyConstraintName: 'touched_days_pkey' })
  rollup: string;

  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'touched_days_pkey' })
  day: string;

  /** When the oldest event was stored that has touched it since its last recount. */
  @Column({ type: 'timestamptz', default: () => 'now()' })
  touchedAt: Date;

  /**
   * Whether answers hold already what touched it, because differences were added to the figures or
   * dashboards read what is counted here; then it is recounted at leisure.
   */
  @Column({ type: 'boolean', default: false })
  isCounted: boolean;
}

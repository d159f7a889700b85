import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'creator_visits_daily_pkey';

/**
 * Visits at the assets of a creator on a UTC day, by the source that they came from. Sessions are
 * told apart within the day: those of several days are in `long_visits` too.
 */
@Entity('creator_visits_daily')
@Index('creator_visits_daily_creator_id', ['creatorId', 'day'])
export class CreatorVisitsDailyEntity {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  creatorId: string;

  /** A hash of creator and source. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  @Column({ type: 'varchar', length: 255 })
  source: string;

  @Column({ type: 'integer' })
  visits: number;

  @Column({ type: 'integer' })
  botVisits: number;

  @Column({ type: 'integer' })
  conversions: number;

  @Column({ type: 'integer' })
  invalidRevenues: number;
}

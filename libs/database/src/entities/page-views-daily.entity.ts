import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'page_views_daily_pkey';

/**
 * Views of a page on a day, and who viewed it, by the day on which they had done so before. Over a
 * range, rows whose `previous` lies before it count everybody once.
 */
@Entity('page_views_daily')
@Index('page_views_daily_first_days', ['page', 'day', 'previous'])
@Index('page_views_daily_path', ['day'], { where: 'path IS NOT NULL' })
export class PageViewsDailyEntity {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  /** A hash of the path; zeros: whatever page. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  page: string;

  /** A hash of all dimensions, because some may be null. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  /** Only beside the views, and only of the pages most viewed on the day. */
  @Column({ type: 'varchar', length: 2048, nullable: true })
  path: string | null;

  @Column({ type: 'date', nullable: true })
  previous: string | null;

  @Column({ type: 'integer' })
  views: number;

  @Column({ type: 'integer' })
  visitors: number;

  @Column({ type: 'integer' })
  sessions: number;
}

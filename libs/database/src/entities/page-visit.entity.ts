import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Stands for whatever page: no path has this hash. */
export const ANY_PAGE = '00000000-0000-0000-0000-000000000000';

const KEY = 'page_visits_pkey';

/**
 * A day on which a visitor or a session viewed a page, with the day before it on which the same did.
 *
 * That link is what makes uniques of any range a sum: whoever comes in a range is counted on the
 * first of his days in it, the one whose `previous` lies before the range.
 */
@Entity('page_visits')
@Index('page_visits_day', ['day'])
export class PageVisitEntity {
  /** A hash of `trackId` or `sessionId`. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  who: string;

  /** A hash of the path; zeros: whatever page. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  page: string;

  /** Whether `who` is a session; a visitor otherwise. */
  @PrimaryColumn({ type: 'boolean', primaryKeyConstraintName: KEY })
  isSession: boolean;

  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  @Column({ type: 'date', nullable: true })
  previous: string | null;
}

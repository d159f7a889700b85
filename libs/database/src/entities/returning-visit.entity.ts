import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { VisitKind } from '../projections/visits.sql.js';

const KEY = { primaryKeyConstraintName: 'returning_visits_pkey' };

/**
 * A session or a visitor that was at an asset on this UTC day, and what it was there; of those that
 * were there on others too, all days that are counted. One that was on no other is harmless.
 */
@Entity('returning_visits')
@Index('returning_visits_day', ['day'])
export class ReturningVisitEntity {
  @PrimaryColumn({ type: 'varchar', length: 200, ...KEY })
  ipAssetId: string;

  @PrimaryColumn({ type: 'date', ...KEY })
  day: string;

  @PrimaryColumn({ type: 'varchar', length: 8, ...KEY })
  kind: VisitKind;

  @PrimaryColumn({ type: 'varchar', length: 200, ...KEY })
  id: string;

  /** Of a session: the first page before that it named on this day. */
  @Column({ type: 'varchar', length: 2048, nullable: true })
  referrer: string | null;

  /** Of a visitor. */
  @Column({ type: 'boolean' })
  isBot: boolean;
}

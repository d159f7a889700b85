import { Entity, PrimaryColumn } from 'typeorm';

const KEY = { primaryKeyConstraintName: 'long_visits_pkey' };

/**
 * A session that was at assets of a creator on this UTC day, and on others. Of any two of its days at
 * least the one that was counted last is here. One that is here for no reason any more is harmless.
 */
@Entity('long_visits')
export class LongVisitEntity {
  @PrimaryColumn({ type: 'varchar', length: 200, ...KEY })
  creatorId: string;

  @PrimaryColumn({ type: 'date', ...KEY })
  day: string;

  @PrimaryColumn({ type: 'varchar', length: 200, ...KEY })
  sessionId: string;
}

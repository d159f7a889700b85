import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = { primaryKeyConstraintName: 'last_activity_pkey' };

/** What can have events of its own. */
export type ActiveKind = 'asset' | 'brand' | 'creator' | 'license' | 'user';

/**
 * The last UTC day on which something had an event. Whoever was active in days up to today is
 * whoever's last day is not before them: counted once, however often they came.
 */
@Entity('last_activity')
@Index('last_activity_day', ['kind', 'lastDay'])
export class LastActivityEntity {
  @PrimaryColumn({ type: 'varchar', length: 16, ...KEY })
  kind: ActiveKind;

  @PrimaryColumn({ type: 'varchar', length: 200, ...KEY })
  id: string;

  @Column({ type: 'date' })
  lastDay: string;
}

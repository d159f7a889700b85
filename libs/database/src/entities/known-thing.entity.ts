import { Entity, PrimaryColumn } from 'typeorm';
import type { ActiveKind } from './last-activity.entity.js';

const KEY = { primaryKeyConstraintName: 'known_things_pkey' };

/**
 * Something that the catalogue has, or that had an event; of users those of the catalogue. Triggers of
 * these tables keep it.
 */
@Entity('known_things')
export class KnownThingEntity {
  @PrimaryColumn({ type: 'varchar', length: 16, ...KEY })
  kind: ActiveKind;

  @PrimaryColumn({ type: 'varchar', length: 200, ...KEY })
  id: string;
}

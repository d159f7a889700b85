import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ActiveKind } from './last-activity.entity.js';

/**
 * How many known things there are of a kind: the sum of its parts, most often one. Whoever adds to it
 * puts those parts together that nobody else has in hand, and waits for no one.
 */
@Entity('known_totals')
export class KnownTotalEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'known_totals_pkey',
  })
  part: string;

  @Column({ type: 'varchar', length: 16 })
  kind: ActiveKind;

  @Column({ type: 'bigint' })
  things: string;
}

import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * How many encrypted props of a day's events a key holds: written beside the events, so that a
 * key is found in use as long as it is, without a look at the events.
 */
@Entity('props_key_uses')
@Index('props_key_uses_key_id', ['keyId', 'day'])
export class PropsKeyUseEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'props_key_uses_pkey',
  })
  id: string;

  /** Empty for props that are to be encrypted and stand in clear. */
  @Column({ type: 'varchar', length: 16 })
  keyId: string;

  /** UTC, of the events' time. */
  @Column({ type: 'date' })
  day: string;

  @Column({ type: 'integer' })
  props: number;

  /** Events up to this id were encrypted anew already. */
  @Column({ type: 'uuid', default: '00000000-0000-0000-0000-000000000000' })
  position: string;
}

import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** That somebody read personal data: who, of what, and how much. Holds none itself. */
@Entity('personal_data_accesses')
@Index('personal_data_accesses_at', ['at', 'id'])
export class PersonalDataAccessEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'personal_data_accesses_pkey',
  })
  id: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  at: Date;

  /** `key` or `user`. */
  @Column({ type: 'varchar', length: 20 })
  callerKind: string;

  /** Of the key or the user. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  callerId: string | null;

  /** Which list or dashboard was read. */
  @Column({ type: 'varchar', length: 64 })
  source: string;

  /** What was asked, as it was understood. */
  @Column({ type: 'jsonb' })
  question: object;

  /** How many people's data were answered. */
  @Column({ type: 'integer' })
  items: number;
}

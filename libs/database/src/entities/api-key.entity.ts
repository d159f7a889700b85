import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** A key that a caller bears. Only the SHA-256 of its secret is stored. */
@Entity('api_keys')
@Index('api_keys_key_hash', ['keyHash'], { unique: true })
export class ApiKeyEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'api_keys_pkey' })
  id: string;

  /** For its owner, to tell keys apart. */
  @Column({ type: 'varchar', length: 200 })
  name: string;

  /** Hex SHA-256 of the whole key. */
  @Column({ type: 'char', length: 64 })
  keyHash: string;

  @Column({ type: 'text', array: true })
  scopes: string[];

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}

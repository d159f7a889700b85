import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** A key that a caller bears. Only the SHA-256 of its secret is stored. */
@Entity('api_keys')
@Index('api_keys_key_hash', ['keyHash'], { unique: true })
@Check('api_keys_owner_is_whole', '(owner_kind IS NULL) = (owner_id IS NULL)')
@Check('api_keys_owner_is_no_admin', "owner_kind IS NULL OR NOT ('admin' = ANY (scopes))")
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

  /** Whom alone it stands for; null with its id where it is bound to nobody. */
  @Column({ type: 'varchar', length: 20, nullable: true })
  ownerKind: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  ownerId: string | null;

  /** From then on it opens nothing. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  /** The key that took its place. */
  @Column({ type: 'uuid', nullable: true })
  successorId: string | null;

  /** To the minute. */
  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;
}

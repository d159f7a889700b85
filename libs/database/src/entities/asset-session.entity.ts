import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = { primaryKeyConstraintName: 'asset_sessions_pkey' };

/**
 * What one visitor did at an asset in a session, on a UTC day: what brought them, and who they were.
 * Folded from `events` and `attribution`. By day, so that whatever is told apart over some days
 * (visitors, sessions and their first source) is told over exactly these.
 */
@Entity('asset_sessions')
@Index('asset_sessions_bots', ['day'], { where: 'is_bot' })
@Index('asset_sessions_session_id', ['sessionId', 'day'], { where: "session_id <> ''" })
@Index('asset_sessions_visitor', ['ipAssetId', 'visitor', 'day'], {
  where: 'visitor <> session_id',
})
export class AssetSessionEntity {
  @PrimaryColumn({ type: 'varchar', length: 200, ...KEY })
  ipAssetId: string;

  @PrimaryColumn({ type: 'date', ...KEY })
  day: string;

  /** Empty for what happened in none. */
  @PrimaryColumn({ type: 'varchar', length: 200, ...KEY })
  sessionId: string;

  /** Who acted, else the session; empty where neither is known. */
  @PrimaryColumn({ type: 'varchar', length: 200, ...KEY })
  visitor: string;

  /** The first source that was named; null where none was. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  utmSource: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  utmSourceAt: Date | null;

  /** The first page before, without what stands behind its path. */
  @Column({ type: 'varchar', length: 2048, nullable: true })
  referrer: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  referrerAt: Date | null;

  /** Whether any of it was done by a program that says so. */
  @Column({ type: 'boolean' })
  isBot: boolean;

  /** The events that created a licence: a set, so that one that comes twice counts once. */
  @Column({ type: 'uuid', array: true })
  conversions: string[];

  /** The events whose revenue is no whole number of cents. */
  @Column({ type: 'uuid', array: true })
  invalidRevenues: string[];
}

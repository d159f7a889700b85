import type { RejectedEventState } from '#libs/contracts';
import type { Receipt } from '#libs/platform';
import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** Events that are in no raw table, with the reason. Only the event writer writes here. */
@Entity('rejected_events')
@Index('rejected_events_state', ['state', 'createdAt'])
@Index('rejected_events_event_id', ['eventId'])
@Index('rejected_events_received', ['receivedAt', 'id'])
@Index('rejected_events_state_received', ['state', 'receivedAt', 'id'])
@Index('rejected_events_reason_received', ['reason', 'receivedAt', 'id'])
@Index('rejected_events_offer_received', ['offerId', 'receivedAt', 'id'], {
  where: 'offer_id IS NOT NULL',
})
@Index('rejected_events_waiting', ['offerId', 'createdAt'], { where: "state = 'waiting'" })
export class RejectedEventEntity {
  /** Derived from the record, so that a record consumed twice is kept once. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'rejected_events_pkey' })
  id: string;

  @Column({ type: 'varchar', length: 64 })
  contract: string;

  @Column({ type: 'varchar', length: 32 })
  state: RejectedEventState;

  /** A refusal's reason, `unknown_offer`, `conflict`, `not_storable` or `unknown_contract`. */
  @Column({ type: 'varchar', length: 64 })
  reason: string;

  /** What the sender calls it, where that could be read. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  eventId: string | null;

  /** The offer that it names, where that could be read; what a waiting event waits for. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  offerId: string | null;

  /** Where PostgreSQL refused it. */
  @Column({ type: 'char', length: 5, nullable: true })
  sqlstate: string | null;

  /** PostgreSQL's own words, or what the writer says of it. */
  @Column({ type: 'text', nullable: true })
  detail: string | null;

  @Column({ type: 'jsonb', default: () => "'[]'" })
  breaches: readonly { readonly field: string; readonly reason: string }[];

  /**
   * A refusal: the body as it came, bounded. Else the log's record as JSON text, with its receipt.
   * Bytes rather than text: what PostgreSQL cannot hold as text must still be kept.
   */
  @Column({ type: 'bytea' })
  raw: Buffer;

  @Column({ type: 'timestamptz' })
  receivedAt: Date;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  readonly createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  resolvedAt: Date | null;

  /** Of a refusal, whose `raw` has none; null where another holds it, or an older release wrote it. */
  @Column({ type: 'jsonb', nullable: true })
  receipt: Receipt | null;

  /** How often it was sent once more from here. Retries at the same time count as one. */
  @Column({ type: 'integer', default: 0 })
  attempts: number;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'payouts_pkey';

/**
 * What a contributor is owed for a period, or a payout that was sent for one: they meet by
 * organization, contributor and period. A calculation is what its last event says, a payout what its
 * first event says, over whichever transport.
 */
@Entity('payouts')
@Index('payouts_happened_at', ['happenedAt'])
@Index('payouts_contributor', ['organizationId', 'contributorId', 'periodMonth'])
export class PayoutEntity {
  /** Empty where the events name none. */
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  organizationId: string;

  /** A hash of what tells it from others: kind, contributor and period, or the id of the payout. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  fact: string;

  /** `calculated` or `sent`. */
  @Column({ type: 'varchar', length: 16 })
  kind: string;

  @Column({ type: 'timestamptz' })
  happenedAt: Date;

  /** The MD5 of the idempotency key of the event that says so. */
  @Column({ type: 'uuid' })
  event: string;

  @Column({ type: 'varchar', length: 200 })
  contributorId: string;

  /** As it was spelt: `2026-04`. Empty where the event names none. */
  @Column({ type: 'varchar', length: 40 })
  periodMonth: string;

  /** Of what was sent; null for a calculation, and where the event names none. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  payoutId: string | null;

  @Column({ type: 'bigint', nullable: true })
  amountMinor: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  currency: string | null;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'referrals_pkey';

const Id = (): PropertyDecorator => Column({ type: 'varchar', length: 200, nullable: true });

/**
 * The ledger of referrals: a row for each link, claim, credit, commission, tier and payout. Several
 * events that tell the same are one row, which says what the first of them says.
 */
@Entity('referrals')
@Index('referrals_happened_at', ['happenedAt'])
@Index('referrals_organization_id', ['organizationId', 'happenedAt'])
@Index('referrals_code', ['organizationId', 'code'], { where: "kind = 'claim'" })
export class ReferralEntity {
  /** Empty where the events name none. */
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  organizationId: string;

  /** A hash of what tells it from others: its kind and the ids that its events name. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  fact: string;

  /** `link`, `claim`, `credit`, `commission`, `tier` or `payout`. */
  @Column({ type: 'varchar', length: 16 })
  kind: string;

  @Column({ type: 'timestamptz' })
  happenedAt: Date;

  /** The MD5 of the idempotency key of the event that says so. */
  @Column({ type: 'uuid' })
  event: string;

  /** Whom it is about: the referrer of a link or a commission, the referee of a claim. */
  @Id()
  userId: string | null;

  @Id()
  code: string | null;

  @Id()
  referrerId: string | null;

  @Id()
  refereeId: string | null;

  @Id()
  orderId: string | null;

  @Id()
  role: string | null;

  @Id()
  previousTier: string | null;

  @Id()
  tier: string | null;

  /** As it was sent. */
  @Id()
  referralCount: string | null;

  @Column({ type: 'bigint', nullable: true })
  amountMinor: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  currency: string | null;
}

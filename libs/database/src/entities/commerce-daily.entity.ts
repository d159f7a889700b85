import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'commerce_daily_pkey';

const Things = (): PropertyDecorator => Column({ type: 'integer' });
/** Of many amounts, each of which may be as large as can be counted exactly. */
const Sum = (): PropertyDecorator => Column({ type: 'numeric', precision: 38, scale: 0 });

/**
 * What happened in an organization on a day: a row a type of event, a row a currency for money, and
 * a row with neither for what is in no total.
 */
@Entity('commerce_daily')
@Index('commerce_daily_organization_id', ['organizationId', 'day'])
export class CommerceDailyEntity {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  /** Empty where the events name none. */
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  organizationId: string;

  /** A hash of all dimensions, which may be null. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  /** `_OTHER` for the rest, where an organization has more names on a day than are told apart. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  eventType: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  currency: string | null;

  @Things()
  events: number;

  @Column({ type: 'timestamptz', nullable: true })
  newestReceivedAt: Date | null;

  /** Orders that became income on this day. */
  @Things()
  orders: number;

  @Sum()
  grossMinor: string;

  @Things()
  refunds: number;

  @Sum()
  refundedMinor: string;

  /** Orders whose income was taken back on this day. */
  @Things()
  cancellations: number;

  @Sum()
  canceledMinor: string;

  @Things()
  credits: number;

  @Sum()
  creditedMinor: string;

  @Things()
  commissions: number;

  @Sum()
  commissionMinor: string;

  @Things()
  referralPayouts: number;

  @Sum()
  referralPayoutMinor: string;

  @Things()
  payouts: number;

  @Sum()
  payoutMinor: string;

  @Things()
  links: number;

  @Things()
  claims: number;

  @Things()
  tierUpgrades: number;

  /** Completed orders whose amount or currency cannot be read. */
  @Things()
  leftOutOrders: number;

  /** Refunds of orders that are no income, in another currency than the order, or unreadable. */
  @Things()
  leftOutRefunds: number;

  /** Credits, commissions and payouts whose amount or currency cannot be read. */
  @Things()
  leftOutPayments: number;

  /** Events that complete, cancel or refund an order and do not name it. */
  @Things()
  eventsWithoutOrder: number;

  /** Completed orders, of those that can be read and of the others, that name no session. */
  @Column({ type: 'integer', default: 0 })
  ordersWithoutSession: number;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { CheckoutFunnelFigures } from './checkout-funnel-figures.js';

const KEY = 'checkout_funnel_daily_pkey';

/**
 * Sessions of a day that are alike in all dimensions, and how many of them did what. A session is
 * on the day of its first event alone, so that days add up.
 */
@Entity('checkout_funnel_daily')
@Index('checkout_funnel_daily_offer_id', ['offerId', 'day'])
@Index('checkout_funnel_daily_producer_id', ['producerId', 'day'])
export class CheckoutFunnelDailyEntity extends CheckoutFunnelFigures {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  offerId: string;

  /** A hash of all dimensions: they may be null, and together too long for a key. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  @Column({ type: 'varchar', length: 200 })
  productId: string;

  @Column({ type: 'varchar', length: 200 })
  producerId: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutType: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutMode: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  paymentMethod: string | null;

  /** Null: one of many. Of an offer the twenty most frequent of a day are told apart. */
  @Column({ type: 'varchar', length: 253, nullable: true })
  fullHostname: string | null;

  @Column({ type: 'boolean' })
  isProduction: boolean;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { CheckoutFunnelFigures } from './checkout-funnel-figures.js';

const KEY = 'checkout_totals_daily_pkey';

/**
 * Sessions of a day, told apart by less than in `checkout_funnel_daily`: those of each offer
 * together, and beside them those of all offers by type, mode and payment method, whose offer is
 * empty. What most people ask is in a few hundred rows a month.
 */
@Entity('checkout_totals_daily')
@Index('checkout_totals_daily_offer_id', ['offerId', 'day'])
@Index('checkout_totals_daily_producer_id', ['producerId', 'day'])
export class CheckoutTotalsDailyEntity extends CheckoutFunnelFigures {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  /** Empty: of all offers together. */
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  offerId: string;

  /** A hash of all dimensions, because some may be null. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  /** Null where all offers are together. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  productId: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  producerId: string | null;

  /** Null in the rows of an offer, as are mode and method: there they are together. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutType: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutMode: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  paymentMethod: string | null;

  @Column({ type: 'boolean' })
  isProduction: boolean;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CheckoutFunnelFigures } from './checkout-funnel-figures.js';

const KEY = 'checkout_funnel_hourly_pkey';

/**
 * Sessions of an hour of all offers together, by what few values can say of them: some hundred rows
 * a day, however many offers there are. A session is in the hour of its first event alone.
 */
@Entity('checkout_funnel_hourly')
export class CheckoutFunnelHourlyEntity extends CheckoutFunnelFigures {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  /** Of UTC, from 0 to 23. */
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: KEY })
  hour: number;

  /** A hash of all dimensions: they may be null. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutType: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  checkoutMode: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  paymentMethod: string | null;

  @Column({ type: 'boolean' })
  isProduction: boolean;
}

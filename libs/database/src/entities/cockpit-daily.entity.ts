import type { Cockpit, FlowType } from '#libs/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'cockpit_daily_pkey';
const Sessions = (): PropertyDecorator => Column({ type: 'integer' });

/**
 * Cockpit sessions of a day that are alike in flow and product, and how far they came. A session is
 * on the day of its first event alone, so that days add up.
 */
@Entity('cockpit_daily')
@Index('cockpit_daily_product_slug', ['cockpit', 'productSlug', 'day'])
export class CockpitDailyEntity {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: KEY })
  day: string;

  @PrimaryColumn({ type: 'varchar', length: 16, primaryKeyConstraintName: KEY })
  cockpit: Cockpit;

  /** A hash of all dimensions, because one may be null. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: KEY })
  dimensions: string;

  @Column({ type: 'varchar', length: 32 })
  flow: FlowType;

  /** Null: all sessions of the flow, with or without a product. Otherwise those of this product. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  productSlug: string | null;

  @Sessions()
  sessions: number;

  @Sessions()
  stage1: number;

  @Sessions()
  stage2: number;

  @Sessions()
  stage3: number;

  @Sessions()
  stage4: number;

  @Sessions()
  stage5: number;

  /** Came to this stage and to each before it, to none earlier than to the one before. */
  @Sessions()
  stage1InOrder: number;

  @Sessions()
  stage2InOrder: number;

  @Sessions()
  stage3InOrder: number;

  @Sessions()
  stage4InOrder: number;

  @Sessions()
  stage5InOrder: number;

  @Column({ type: 'timestamptz' })
  newestReceivedAt: Date;
}

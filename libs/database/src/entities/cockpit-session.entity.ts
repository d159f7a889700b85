import type { Cockpit, FlowType } from '#libs/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = 'cockpit_sessions_pkey';
const Moment = (): PropertyDecorator => Column({ type: 'timestamptz', nullable: true });

/**
 * One row a session of a creator's cockpit and flow, or a visitor's session, flow and product that
 * is to be bought: when it first came to each stage of `COCKPIT_STAGES`. Folded from tracking events.
 */
@Entity('cockpit_sessions')
@Index('cockpit_sessions_first_seen_at', ['firstSeenAt'])
export class CockpitSessionEntity {
  @PrimaryColumn({ type: 'varchar', length: 16, primaryKeyConstraintName: KEY })
  cockpit: Cockpit;

  /** `cockpitSessinoId` of a creation, `sessionId` of a purchase. */
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  sessionId: string;

  @PrimaryColumn({ type: 'varchar', length: 32, primaryKeyConstraintName: KEY })
  flow: FlowType;

  /** The slug of a purchase; empty for a creation, whose product has none before it exists. */
  @PrimaryColumn({ type: 'varchar', length: 200, primaryKeyConstraintName: KEY })
  product: string;

  @Column({ type: 'timestamptz' })
  firstSeenAt: Date;

  @Column({ type: 'timestamptz' })
  lastSeenAt: Date;

  @Column({ type: 'timestamptz' })
  newestReceivedAt: Date;

  /** The first slug that was said; null while none was. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  productSlug: string | null;

  @Moment()
  productSlugAt: Date | null;

  @Moment()
  stage1At: Date | null;

  @Moment()
  stage2At: Date | null;

  @Moment()
  stage3At: Date | null;

  @Moment()
  stage4At: Date | null;

  @Moment()
  stage5At: Date | null;
}

import type { AttributionDto } from '#libs/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Mirrors } from '../mirrors.js';

const PRIMARY_KEY = { primaryKeyConstraintName: 'attribution_pkey' };
const OPTIONAL_TEXT = { type: 'varchar', length: 255, nullable: true } as const;
const OPTIONAL_URL = { type: 'varchar', length: 8192, nullable: true } as const;

/**
 * What brought the visitor of an analytics event, and with what: one row for each of `events`,
 * written with it. Partitioned by `occurred_at`.
 */
@Entity('attribution')
export class AttributionEntity implements Mirrors<AttributionDto> {
  @PrimaryColumn({ type: 'uuid', ...PRIMARY_KEY })
  eventId: string;

  /** That of the event. */
  @PrimaryColumn({ type: 'timestamptz', ...PRIMARY_KEY })
  occurredAt: Date;

  @Column(OPTIONAL_TEXT)
  utmSource: string | null;

  @Column(OPTIONAL_TEXT)
  utmMedium: string | null;

  @Column(OPTIONAL_TEXT)
  utmCampaign: string | null;

  @Column(OPTIONAL_TEXT)
  utmTerm: string | null;

  @Column(OPTIONAL_TEXT)
  utmContent: string | null;

  @Column(OPTIONAL_URL)
  referrer: string | null;

  @Column(OPTIONAL_URL)
  landingPage: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  deviceType: string | null;

  @Column(OPTIONAL_TEXT)
  browser: string | null;

  @Column(OPTIONAL_TEXT)
  os: string | null;

  /** A program's user agent. Such events are flagged, never dropped. */
  @Column({ type: 'boolean' })
  isBot: boolean;
}

/** A row ready to insert, its time as the event's row spells it. */
export type NewAttribution = Omit<AttributionEntity, 'occurredAt'> & {
  readonly occurredAt: string;
};

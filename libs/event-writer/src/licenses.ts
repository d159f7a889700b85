import { type AnalyticsAdded, type AnalyticsEventDto, senderOf } from '#libs/contracts';
import { claimOf } from '#libs/database';

/**
 * Whether an event is believed where it says whose a licence is, since the licence's revenue goes
 * there. Of visitors and users it is not: they may name a licence in `props`, but events of licences
 * pass their door from ingest keys and administrators only.
 */
export const saysWhoseALicenseIs = (
  { eventType }: AnalyticsEventDto,
  { trust }: AnalyticsAdded,
): boolean => trust === 'key' || senderOf(eventType) === 'server';

/** Administrators, whose tokens pass that door, are believed as servers are: whoever says it first. */
export const licenseClaimOf = (at: string): string => claimOf('key', at);

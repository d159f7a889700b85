import type { NewAttribution } from '#libs/database';
import { rawTable } from './raw-table.js';

const types = {
  eventId: 'uuid',
  occurredAt: 'timestamptz',
  utmSource: 'text',
  utmMedium: 'text',
  utmCampaign: 'text',
  utmTerm: 'text',
  utmContent: 'text',
  referrer: 'text',
  landingPage: 'text',
  deviceType: 'text',
  browser: 'text',
  os: 'text',
  isBot: 'boolean',
} satisfies Record<keyof NewAttribution, string>;

export const ATTRIBUTION = rawTable<NewAttribution>({
  name: 'attribution',
  types,
  key: ['eventId', 'occurredAt'],
  eventTime: 'occurredAt',
  sent: [],
});

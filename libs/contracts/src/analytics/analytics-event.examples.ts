import type { AnalyticsEventDto } from './analytics-event.dto.js';

type Examples = Readonly<Record<string, { summary: string; value: AnalyticsEventDto }>>;

const assetViewed: AnalyticsEventDto = {
  eventType: 'asset_viewed',
  source: 'web',
  entityId: 'asset-1',
  entityType: 'asset',
  sessionId: 'session-1',
  props: { assetTitle: 'My Asset' },
  attribution: {
    utmSource: 'google',
    utmMedium: 'cpc',
    utmCampaign: 'spring_2025',
    referrer: 'https://www.google.com/',
  },
  idempotencyKey: 'view-7f3c',
};

const pageViewed: AnalyticsEventDto = {
  eventType: 'page_viewed',
  source: 'web',
  sessionId: 'session-1',
  props: { path: '/gallery', title: 'Asset Gallery' },
};

const searchPerformed: AnalyticsEventDto = {
  eventType: 'search_performed',
  source: 'web',
  sessionId: 'session-1',
  props: { query: 'lighthouse', resultsCount: 12 },
};

/** What a server sends, with an ingest key. */
const licenseCreated: AnalyticsEventDto = {
  eventType: 'license_created',
  source: 'api',
  entityId: 'license-1',
  entityType: 'license',
  props: { licenseType: 'EXCLUSIVE', assetId: 'asset-1', feeCents: 500_000, revenueCents: 500_000 },
  idempotencyKey: 'license-1-created',
  context: {
    session: { userId: 'usr_1', role: 'brand' },
    deviceType: 'desktop',
    browser: 'Chrome',
    os: 'macOS',
  },
};

/** Request bodies that Swagger shows. */
export const ANALYTICS_EVENT_EXAMPLES = {
  assetViewed: { summary: 'An asset is viewed', value: assetViewed },
  pageViewed: { summary: 'A page is viewed', value: pageViewed },
  searchPerformed: { summary: 'Something is searched for', value: searchPerformed },
  licenseCreated: {
    summary: 'A licence is created: from a server, with an ingest key',
    value: licenseCreated,
  },
} as const satisfies Examples;

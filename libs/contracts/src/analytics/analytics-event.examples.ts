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

const EVENT_ID = '4107d953-ead9-5ac8-a3e2-da1d767a0b57';
const needsMore = (field: string) => ({
  field,
  reason: 'needs an ingest key, or the token of an administrator',
});

/** A batch of a browser, which may not say what a server may. */
export const ANALYTICS_BATCH_EXAMPLE = {
  sent: [assetViewed, { ...pageViewed, source: 'api' }],
  answered: {
    results: [
      { eventId: EVENT_ID, verdict: 'accepted' },
      { eventId: null, verdict: 'rejected', breaches: [needsMore('source')] },
    ],
  },
};

/** What an event is answered that was kept. */
export const ANALYTICS_ANSWER_EXAMPLE = { tracked: true, eventId: EVENT_ID };

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

import type { AnalyticsEventDto } from './analytics-event.dto.js';

type Examples = Readonly<Record<string, { summary: string; value: AnalyticsEventDto }>>;

const assetViewed: AnalyticsEventDto = {
  eventType: 'asset_viewed',
  source: 'web',
  entityId: 'asset-1',
  entityType: 'asset',
  sessionId: 'visit_7a20',
  props: { assetTitle: 'Morning in Lisbon', creatorId: 'creator-1' },
  attribution: {
    utmSource: 'google',
    utmMedium: 'cpc',
    utmCampaign: 'winter_2026',
    referrer: 'https://www.google.com/',
  },
  idempotencyKey: 'view-7f3c',
};

const pageViewed: AnalyticsEventDto = {
  eventType: 'page_viewed',
  source: 'web',
  sessionId: 'visit_7a20',
  props: { path: '/gallery', title: 'Asset Gallery' },
};

const searchPerformed: AnalyticsEventDto = {
  eventType: 'search_performed',
  source: 'web',
  sessionId: 'visit_7a20',
  props: { query: 'lighthouse', resultsCount: 12 },
};

/** What a server sends, with an ingest key. */
const licenseCreated: AnalyticsEventDto = {
  eventType: 'license_created',
  source: 'api',
  entityId: 'license-1',
  entityType: 'license',
  props: {
    licenseType: 'EXCLUSIVE',
    assetId: 'asset-1',
    creatorId: 'creator-1',
    feeCents: 500_000,
    revenueCents: 500_000,
  },
  idempotencyKey: 'license-1-created',
  context: {
    session: { userId: 'user-1', role: 'brand' },
    deviceType: 'desktop',
    browser: 'Chrome',
    os: 'macOS',
  },
};

/** Of `assetViewed`, sent with a key; a browser without one is answered another. */
const EVENT_ID = 'ea1981b6-1823-51ac-a2d8-994be7b2babe';

/** A sound event and one that does not say what its entity is, with what the batch is answered. */
export const ANALYTICS_BATCH_EXAMPLE = {
  sent: [assetViewed, { ...assetViewed, idempotencyKey: 'view-8a41', entityType: null }],
  answered: {
    results: [
      { eventId: EVENT_ID, verdict: 'accepted' },
      {
        eventId: null,
        verdict: 'rejected',
        breaches: [{ field: 'entityId', reason: 'needs entityType beside it' }],
      },
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

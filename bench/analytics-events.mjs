import { idOf, nextNumber, receiptRow, sessionOf } from './ids.mjs';

const ATTRIBUTION = {
  utmSource: 'google',
  utmMedium: 'cpc',
  utmCampaign: 'spring_2025',
  referrer: 'https://www.google.com/',
  landingPage: 'https://studio.example.com/?utm_source=google',
};
const DEVICE = { deviceType: 'desktop', browser: 'Chrome', os: 'macOS' };

/** What differs in the events of one session; ids and times come from a counter. */
const SHAPES = [
  { eventType: 'page_viewed', props: { path: '/gallery', title: 'Asset Gallery' } },
  { eventType: 'search_performed', props: { query: 'lighthouse', resultsCount: 12 } },
  { eventType: 'asset_viewed', entityType: 'asset', props: { assetTitle: 'My Asset' } },
  { eventType: 'asset_viewed', entityType: 'asset', props: { engagementTime: 4200 } },
  { eventType: 'asset_downloaded', entityType: 'asset', props: { format: 'png', width: 2400 } },
];

/** Of the event's own fields, behind those that a counter makes. */
const SHAPE_TEXTS = SHAPES.map((shape) =>
  JSON.stringify({ ...shape, source: 'web', attribution: ATTRIBUTION }).slice(1),
);

/** Looked at, looked at again and downloaded in one session. */
const assetOf = (n) => `asset-${Math.trunc(n / SHAPES.length) % 1000}`;
const userOf = (n) => `user-${Math.trunc(n / SHAPES.length) % 5000}`;
const sessionIdOf = (n) => sessionOf('session', n, SHAPES.length);
/** A sender gives every other event a key, by which a retry is known. */
const hasKey = (n) => n % 2 === 0;

/** As the platform's server sends it for its visitor, with an ingest key. */
export function nextAnalyticsText() {
  const n = nextNumber();
  const shape = n % SHAPES.length;
  const key = hasKey(n) ? `"idempotencyKey":"view-${idOf(n)}",` : '';
  const entity = SHAPES[shape].entityType ? `"entityId":"${assetOf(n)}",` : '';
  return `{${key}${entity}"sessionId":"${sessionIdOf(n)}","context":{"session":{"userId":"${userOf(n)}","role":"brand"},"deviceType":"desktop","browser":"Chrome","os":"macOS"},${SHAPE_TEXTS[shape]}`;
}

/** A new event as the rows that Footfall would store for it, by table. */
export function nextAnalyticsRows() {
  const n = nextNumber();
  const now = new Date().toISOString();
  const { eventType, entityType, props } = SHAPES[n % SHAPES.length];
  const asset = entityType && assetOf(n);
  const id = idOf(n);
  return {
    events: {
      id,
      occurred_at: now,
      source: 'web',
      eventType,
      actor_type: 'brand',
      actor_id: userOf(n),
      entityType,
      entity_id: asset,
      ip_asset_id: asset,
      user_id: userOf(n),
      session_id: sessionIdOf(n),
      props_json: JSON.stringify(props),
      idempotency_key: hasKey(n) ? `key:view-${id}` : undefined,
      ...receiptRow(now),
    },
    attribution: { event_id: id, occurred_at: now, ...ATTRIBUTION, ...DEVICE, is_bot: 'false' },
  };
}

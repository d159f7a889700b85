import type { TrackingEvent } from './tracking-event.dto.js';

const visit = {
  sessionId: 'visit_7a20',
  trackId: 'user-1',
  userId: 'user-1',
  url: 'https://shop.example.com/products/green-tea',
  path: '/products/green-tea',
};

const selling = {
  sessionId: 'visit_51c9',
  trackId: 'visit_51c9',
  url: 'https://shop.example.com/cockpit',
  path: '/cockpit',
  flow: 'FILE',
  cockpitSessinoId: 'cockpit-1',
} as const;

const pageView: TrackingEvent = {
  ...visit,
  eventId: '5f0c1b7e-2a94-4d63-8f1e-7b3d9c2a6e10',
  eventType: 'PAGEVIEW',
  timestamp: '2026-01-15T11:58:00.000Z',
};

const createStep: TrackingEvent = {
  ...selling,
  eventType: 'COCKPIT_CREATE_STEP',
  step: 'details',
  timestamp: 1_768_467_600_000,
};

const createSuccess: TrackingEvent = {
  ...selling,
  eventType: 'COCKPIT_CREATE_SUCCESS',
  step: 'done',
  productSlug: 'green-tea',
  timestamp: '2026-01-15T09:05:00.000Z',
};

const purchase: TrackingEvent = {
  ...visit,
  eventId: 'c41a7d52-08be-4f6a-9d13-6e2b5f80a9d7',
  eventType: 'COCKPIT_BUY_PURCHASE',
  flow: 'FILE',
  step: 'payment',
  productSlug: 'green-tea',
  timestamp: '2026-01-15T13:02:00.000+01:00',
};

/** Request bodies that Swagger shows. */
export const TRACKING_EVENT_EXAMPLES = {
  pageView: { summary: 'A page is viewed', value: pageView },
  createStep: { summary: 'A creator goes on in the cockpit', value: createStep },
  createSuccess: { summary: 'A product is made', value: createSuccess },
  purchase: { summary: 'A buyer purchases it', value: purchase },
} as const satisfies Readonly<Record<string, { summary: string; value: TrackingEvent }>>;

/** Two sound events and one that lacks what its type requires, with what the batch is answered. */
export const TRACKING_BATCH_EXAMPLE = {
  sent: [
    pageView,
    createSuccess,
    { ...createSuccess, eventType: 'COCKPIT_CREATE_DOWNLOAD', productSlug: null },
  ],
  answered: {
    results: [
      { eventId: pageView.eventId, verdict: 'accepted' },
      { eventId: null, verdict: 'accepted' },
      {
        eventId: null,
        verdict: 'rejected',
        breaches: [{ field: 'productSlug', reason: 'is required' }],
      },
    ],
  },
};

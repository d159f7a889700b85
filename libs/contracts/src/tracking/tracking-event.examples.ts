import type { TrackingEvent } from './tracking-event.dto.js';

const visit = {
  sessionId: 'session-1',
  trackId: 'user-1',
  userId: 'user-1',
  url: 'https://shop.example.com/products/green-tea',
  path: '/products/green-tea',
};
const selling = {
  ...visit,
  flow: 'FILE',
  cockpitSessinoId: 'cockpit-1',
} as const;

/** Request bodies that Swagger shows. */
export const TRACKING_EVENT_EXAMPLES = {
  pageView: {
    summary: 'A page is viewed',
    value: {
      ...visit,
      eventId: '5f0c1b7e-2a94-4d63-8f1e-7b3d9c2a6e10',
      eventType: 'PAGEVIEW',
      timestamp: '2023-11-14T22:13:20.000Z',
    },
  },
  createStep: {
    summary: 'A creator goes on in the cockpit',
    value: {
      ...selling,
      eventType: 'COCKPIT_CREATE_STEP',
      step: 'details',
      timestamp: 1_700_000_030_000,
    },
  },
  createSuccess: {
    summary: 'A product is made',
    value: {
      ...selling,
      eventType: 'COCKPIT_CREATE_SUCCESS',
      step: 'done',
      productSlug: 'green-tea',
      timestamp: '2023-11-14T22:14:20.000Z',
    },
  },
  purchase: {
    summary: 'A buyer purchases it',
    value: {
      ...visit,
      eventType: 'COCKPIT_BUY_PURCHASE',
      flow: 'FILE',
      step: 'payment',
      productSlug: 'green-tea',
      timestamp: '2023-11-14T23:15:20.000+01:00',
    },
  },
} as const satisfies Readonly<Record<string, { summary: string; value: TrackingEvent }>>;

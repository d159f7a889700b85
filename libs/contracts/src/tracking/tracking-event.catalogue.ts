/** Closed value lists of the tracking contract. Adding a value here is the whole change. */
export const PAGE_VIEW_EVENT_TYPES = ['PAGEVIEW'] as const;

/** Events of the seller's cockpit that name no product yet. */
export const COCKPIT_CREATE_EVENT_TYPES = [
  'COCKPIT_CREATE_LAUNCH',
  'COCKPIT_CREATE_STEP',
  'COCKPIT_CREATE_ENRICH_INFORMATION',
] as const;

/** Events of the seller's cockpit about a product that exists. */
export const COCKPIT_CREATED_EVENT_TYPES = [
  'COCKPIT_CREATE_SUCCESS',
  'COCKPIT_CREATE_DOWNLOAD',
] as const;

/** Events of the buyer's cockpit. */
export const COCKPIT_BUY_EVENT_TYPES = [
  'COCKPIT_BUY_LAUNCH',
  'COCKPIT_BUY_STEP',
  'COCKPIT_BUY_PAYMENT',
  'COCKPIT_BUY_PURCHASE',
  'COCKPIT_BUY_DOWNLOAD',
] as const;

export const TRACKING_EVENT_TYPES = [
  ...PAGE_VIEW_EVENT_TYPES,
  ...COCKPIT_CREATE_EVENT_TYPES,
  ...COCKPIT_CREATED_EVENT_TYPES,
  ...COCKPIT_BUY_EVENT_TYPES,
] as const;
export type TrackingEventType = (typeof TRACKING_EVENT_TYPES)[number];

export const FLOW_TYPES = ['FILE', 'EVENT', 'PROJECT'] as const;
export type FlowType = (typeof FLOW_TYPES)[number];

/**
 * Operations that one kind of reader wants together, in the order in which to try them, which the
 * page follows as far as Swagger UI can: what deletes stands last, and a path that an earlier
 * chapter has begun stands first.
 */
export interface Chapter {
  readonly name: string;
  readonly description: string;
  /** Method and path of each. */
  readonly operations: readonly string[];
}

/**
 * The published contract's table of contents: the one place that says whom an operation is for and
 * where it stands. Each is tried from top to bottom on a Footfall that was just started, so an
 * offer comes before its events. A test fails where an operation is not listed, or is none.
 */
export const CONTENTS: readonly Chapter[] = [
  {
    name: 'Administrators: offers',
    description:
      'Which product and producer an offer stands for. An event of a checkout has to name one.',
    operations: [
      'PUT /offers/{offerId}',
      'GET /offers/{offerId}',
      'GET /offers',
      'POST /offers/import',
      'GET /offers/export',
      'DELETE /offers/{offerId}',
    ],
  },
  {
    name: 'Front ends: send events',
    description:
      'From any origin, without a key: checkouts, pages, visitors. Servers that send analytics events show one.',
    operations: [
      'POST /events/checkout',
      'POST /events/checkout/batch',
      'POST /api/checkout/events/checkout',
      'POST /events/tracking',
      'POST /events/tracking/batch',
      'POST /events/analytics',
      'POST /events/analytics/batch',
      'GET /event-types',
    ],
  },
  {
    name: 'Back ends: send events',
    description:
      'Orders and payouts, server to server: with a key, or from a network that the operator trusts.',
    operations: [
      'POST /events/commerce',
      'POST /events/commerce/batch',
      'POST /event',
      'POST /events',
      'POST /events/batch',
      'POST /v1/analytics/event',
      'POST /v1/analytics/events',
    ],
  },
  {
    name: 'Administrators: stored events',
    description: 'What was kept, and what became of one event.',
    operations: [
      'GET /events/checkout',
      'GET /events/tracking',
      'GET /events/analytics',
      'GET /events/commerce',
      'GET /events/checkout/{eventId}/receipt',
      'GET /events/tracking/{eventId}/receipt',
      'GET /events/analytics/{eventId}/receipt',
      'GET /events/commerce/{eventId}/receipt',
    ],
  },
  {
    name: 'Administrators: files of events',
    description: 'Stored events by the thousand, for spreadsheets and programs.',
    operations: [
      'GET /exports/checkout',
      'GET /exports/tracking',
      'GET /exports/analytics',
      'GET /exports/commerce',
    ],
  },
  {
    name: 'Administrators: rejected events',
    description: 'What is in no table of events, why, and what to do about it.',
    operations: [
      'GET /rejected-events',
      'GET /rejected-events/counts',
      'GET /rejected-events/{id}',
      'POST /rejected-events/retry',
    ],
  },
  {
    name: 'Administrators: dashboards',
    description: 'What the events say.',
    operations: [
      'GET /metrics/assets/{assetId}',
      'GET /dashboards/creators/{creatorId}',
      'GET /dashboards/platform',
      'GET /dashboards/checkout/summary',
      'GET /dashboards/checkout/funnel',
      'GET /dashboards/checkout/timeline',
      'GET /dashboards/checkout/steps',
      'GET /dashboards/checkout/payment-methods',
      'GET /dashboards/checkout/errors',
      'GET /dashboards/checkout/abandoned',
      'GET /personal-data-accesses',
      'GET /dashboards/cockpit/creation-flow',
      'GET /dashboards/cockpit/purchase-flow',
      'GET /dashboards/cockpit/steps',
      'GET /dashboards/tracking/page-views',
      'GET /dashboards/commerce/revenue',
      'GET /dashboards/commerce/events',
      'GET /dashboards/commerce/orders',
      'GET /dashboards/commerce/referrals',
      'GET /dashboards/commerce/payouts',
      'GET /dashboards/commerce/organizations',
    ],
  },
  {
    name: 'Administrators: cache of dashboards',
    description: 'Figures that are asked for often are kept for minutes. Here they are forgotten.',
    operations: [
      'DELETE /cache/assets/{assetId}',
      'DELETE /cache/creators/{creatorId}',
      'DELETE /cache/platform',
    ],
  },
  {
    name: 'Administrators: catalogue',
    description: 'What things are called and whose they are. Events fill in what nobody said here.',
    operations: [
      'PUT /catalog/assets/{assetId}',
      'GET /catalog/assets/{assetId}',
      'GET /catalog/assets',
      'POST /catalog/assets/import',
      'PUT /catalog/creators/{creatorId}',
      'GET /catalog/creators/{creatorId}',
      'GET /catalog/creators',
      'POST /catalog/creators/import',
      'PUT /catalog/users/{userId}',
      'GET /catalog/users/{userId}',
      'GET /catalog/users',
      'POST /catalog/users/import',
      'PUT /catalog/brands/{brandId}',
      'GET /catalog/brands/{brandId}',
      'GET /catalog/brands',
      'POST /catalog/brands/import',
      'PUT /catalog/licenses/{licenseId}',
      'GET /catalog/licenses/{licenseId}',
      'GET /catalog/licenses',
      'POST /catalog/licenses/import',
      'DELETE /catalog/assets/{assetId}',
      'DELETE /catalog/creators/{creatorId}',
      'DELETE /catalog/users/{userId}',
      'DELETE /catalog/brands/{brandId}',
      'DELETE /catalog/licenses/{licenseId}',
    ],
  },
  {
    name: 'Administrators: keys',
    description: 'Who may call. A key is shown once, when it is made.',
    operations: ['POST /keys', 'GET /keys', 'POST /keys/{id}/rotate', 'DELETE /keys/{id}'],
  },
  {
    name: 'Operators: jobs',
    description: 'What keeps the figures of the dashboards, and how it is getting on.',
    operations: [
      'GET /jobs',
      'GET /jobs/{id}',
      'POST /jobs/backfill',
      'GET /jobs/backfill',
      'GET /jobs/backfill/{id}',
      'POST /jobs/backfill/{id}/stop',
      'POST /jobs/backfill/{id}/resume',
      'POST /jobs/aggregate-daily-metrics',
      'GET /jobs/retention/preview',
    ],
  },
  {
    name: 'Operators: health and figures',
    description: 'For an orchestrator and for Prometheus.',
    operations: ['GET /livez', 'GET /readyz', 'GET /metrics'],
  },
];

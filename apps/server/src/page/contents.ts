/** Operations that one kind of reader wants together, in the order in which to try them. */
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
    description: 'Which product and producer an offer stands for. An event has to name one.',
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
    name: 'Administrators: catalogue',
    description: 'What things are called and whose they are. Events fill in what nobody said here.',
    operations: [
      'PUT /catalog/assets/{assetId}',
      'GET /catalog/assets/{assetId}',
      'GET /catalog/assets',
      'DELETE /catalog/assets/{assetId}',
      'POST /catalog/assets/import',
      'PUT /catalog/creators/{creatorId}',
      'GET /catalog/creators/{creatorId}',
      'GET /catalog/creators',
      'DELETE /catalog/creators/{creatorId}',
      'POST /catalog/creators/import',
      'PUT /catalog/users/{userId}',
      'GET /catalog/users/{userId}',
      'GET /catalog/users',
      'DELETE /catalog/users/{userId}',
      'POST /catalog/users/import',
      'PUT /catalog/brands/{brandId}',
      'GET /catalog/brands/{brandId}',
      'GET /catalog/brands',
      'DELETE /catalog/brands/{brandId}',
      'POST /catalog/brands/import',
      'PUT /catalog/licenses/{licenseId}',
      'GET /catalog/licenses/{licenseId}',
      'GET /catalog/licenses',
      'DELETE /catalog/licenses/{licenseId}',
      'POST /catalog/licenses/import',
    ],
  },
  {
    name: 'Front ends: send events',
    description: 'No key, any origin. What an event answers, and how to send it again.',
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
    description: 'Server to server: with a key, or from a network that the operator trusts.',
    operations: [
      'POST /events/commerce',
      'POST /events/commerce/batch',
      'POST /event',
      'POST /events',
      'POST /v1/analytics/event',
      'POST /v1/analytics/events',
    ],
  },
  {
    name: 'Administrators: stored events',
    description: 'What was kept, and what became of one event.',
    operations: [
      'GET /events/checkout',
      'GET /events/checkout/{eventId}/receipt',
      'GET /events/tracking',
      'GET /events/tracking/{eventId}/receipt',
      'GET /events/analytics',
      'GET /events/analytics/{eventId}/receipt',
      'GET /events/commerce',
      'GET /events/commerce/{eventId}/receipt',
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
    operations: ['GET /dashboards/checkout/summary'],
  },
  {
    name: 'Administrators: keys',
    description: 'Who may call. A key is shown once, when it is made.',
    operations: ['POST /keys', 'GET /keys', 'DELETE /keys/{id}'],
  },
  {
    name: 'Operators: jobs',
    description: 'What keeps the figures of the dashboards, and how it is getting on.',
    operations: ['GET /jobs', 'GET /jobs/{id}'],
  },
  {
    name: 'Operators: health and figures',
    description: 'For an orchestrator and for Prometheus.',
    operations: ['GET /livez', 'GET /readyz', 'GET /metrics'],
  },
];

import { isBelieved, type NewEvent } from '#libs/database';
import { rawTable } from './raw-table.js';

/** The type names every column, so that a new one cannot be forgotten. */
const types = {
  id: 'uuid',
  occurredAt: 'timestamptz',
  source: 'text',
  eventType: 'text',
  actorType: 'text',
  actorId: 'text',
  entityType: 'text',
  entityId: 'text',
  projectId: 'text',
  ipAssetId: 'text',
  licenseId: 'text',
  userId: 'text',
  brandId: 'text',
  creatorId: 'text',
  sessionId: 'text',
  propsJson: 'jsonb',
  idempotencyKey: 'text',
  userAgent: 'text',
  ipAddress: 'inet',
  receivedAt: 'timestamptz',
} satisfies Record<keyof NewEvent, string>;

/** Of a retry, what must be the same: not its time, nor what was derived from the catalogue. */
const SENT = ['source', 'eventType', 'entityType', 'entityId', 'sessionId', 'propsJson'] as const;

export const ANALYTICS_EVENTS = rawTable<NewEvent>({
  name: 'events',
  types,
  key: ['id', 'occurredAt'],
  eventTime: 'occurredAt',
  sent: SENT,
});

/** The assets of licences, and who said so, if not a visitor. $1 the licences. */
export const ASSETS_OF_LICENSES = {
  name: 'assets_of_licenses',
  text: `
  SELECT license_id AS "licenseId", asset_id AS "assetId", asset_id_claim AS claim
  FROM catalog_licenses
  WHERE license_id = ANY($1::text[]) AND asset_id IS NOT NULL AND ${isBelieved('asset_id_claim')}
`,
};

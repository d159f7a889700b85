import {
  ANALYTICS_EXPORT_EXAMPLE,
  CHECKOUT_EXPORT_EXAMPLE,
  COMMERCE_EXPORT_EXAMPLE,
  TRACKING_EXPORT_EXAMPLE,
} from '#libs/contracts';
import { IS_PRODUCTION, type SensitiveProps } from '#libs/database';
import { IS_BELIEVED_LICENSE, IS_BELIEVED_OWNER } from '../analytics/figures-of-assets.sql.js';
import { analyticsEvents } from '../events/analytics/analytics-events.table.js';
import { CHECKOUT_EVENTS } from '../events/checkout/checkout-events.table.js';
import { COMMERCE_EVENTS } from '../events/commerce/commerce-events.table.js';
import { TRACKING_EVENTS } from '../events/tracking/tracking-events.table.js';
import type { ExportedEvents } from './exported-events.js';

const exported = <Row, View extends object>(events: ExportedEvents<Row, View>) => events;

export const CHECKOUT_EXPORT = exported({
  events: CHECKOUT_EVENTS,
  example: CHECKOUT_EXPORT_EXAMPLE,
  conditions: { traffic: (traffic) => `(${traffic} = 'all' OR ${IS_PRODUCTION})` },
});

export const TRACKING_EXPORT = exported({
  events: TRACKING_EVENTS,
  example: TRACKING_EXPORT_EXAMPLE,
});

/** The asset that an event belongs to: it says so, or a server said it of its licence. */
const ASSET = `
  coalesce(stored.ip_asset_id, (
    SELECT asset_id FROM catalog_licenses
    WHERE catalog_licenses.license_id = stored.license_id AND ${IS_BELIEVED_LICENSE}
  ))
`;

const assetsOf = (creatorId: string): string => `
  SELECT asset_id FROM catalog_assets WHERE creator_id = ${creatorId} AND ${IS_BELIEVED_OWNER}
`;

export const ANALYTICS_FILE = { example: ANALYTICS_EXPORT_EXAMPLE };

export const analyticsExport = (sensitive: SensitiveProps) =>
  exported({
    ...ANALYTICS_FILE,
    events: analyticsEvents(sensitive),
    conditions: {
      assetId: (assetId) => `${ASSET} = ${assetId}`,
      creatorId: (creatorId) => `${ASSET} IN (${assetsOf(creatorId)})`,
    },
  });

export const COMMERCE_EXPORT = exported({
  events: COMMERCE_EVENTS,
  example: COMMERCE_EXPORT_EXAMPLE,
  numbers: ['amount', 'quantity'],
});

import { nextAnalyticsRows, nextAnalyticsText } from './analytics-events.mjs';
import { nextEventText, nextRow } from './checkout-events.mjs';
import { nextCollectedText, nextCommerceRow, nextEnvelopeText } from './commerce-events.mjs';
import { nextTrackingRow, nextTrackingText } from './tracking-events.mjs';

/**
 * The doors that are measured. A further contract is a further one.
 *
 * @type {Door[]}
 *
 * @typedef {object} Door
 * @property {string} name as `--door` takes it
 * @property {string} contract
 * @property {string} table where its contract's events end up
 * @property {string} path
 * @property {() => string} nextText a body that was never sent before
 * @property {number[]} batches sizes, at the path of batches; none where it takes none
 * @property {() => Record<string, object>} [nextRows] by table, what an event is stored as
 * @property {'ingest:analytics'} [scope] of the key that it asks for
 */
export const DOORS = [
  {
    name: 'checkout',
    contract: 'checkout',
    table: 'checkout_events',
    path: '/events/checkout',
    nextText: nextEventText,
    batches: [500, 100],
    nextRows: () => ({ checkout_events: nextRow() }),
  },
  {
    name: 'tracking',
    contract: 'tracking',
    table: 'tracking_events',
    path: '/events/tracking',
    nextText: nextTrackingText,
    batches: [100],
    nextRows: () => ({ tracking_events: nextTrackingRow() }),
  },
  {
    name: 'analytics',
    contract: 'analytics',
    table: 'events',
    path: '/events/analytics',
    nextText: nextAnalyticsText,
    batches: [100],
    nextRows: nextAnalyticsRows,
    scope: 'ingest:analytics',
  },
  {
    name: 'commerce',
    contract: 'commerce',
    table: 'commerce_events',
    path: '/events/commerce',
    nextText: nextEnvelopeText,
    batches: [100],
    nextRows: () => ({ commerce_events: nextCommerceRow() }),
  },
  {
    name: 'commerce-http',
    contract: 'commerce',
    table: 'commerce_events',
    path: '/event',
    nextText: nextCollectedText,
    batches: [],
  },
];

/** @throws where a name is no door's: a misspelt one must not measure nothing. */
export function doorsNamed(names) {
  for (const name of names) {
    if (!DOORS.some((door) => door.name === name)) {
      throw new Error(`no door ${name}: ${DOORS.map((door) => door.name).join(', ')}`);
    }
  }
  return names.length === 0 ? DOORS : DOORS.filter(({ name }) => names.includes(name));
}

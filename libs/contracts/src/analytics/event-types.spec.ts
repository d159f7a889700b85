import { describe, expect, it } from '@jest/globals';
import { EVENT_TYPE_REGISTRY, EVENT_TYPES, isKnownEventType } from './event-types.catalogue.js';

describe('the registry of event types', () => {
  it('has every name of its document', () => {
    expect(EVENT_TYPES).toMatchObject({
      ASSET_VIEWED: 'asset_viewed',
      ASSET_DOWNLOADED: 'asset_downloaded',
      LICENSE_CREATED: 'license_created',
      LICENSE_SIGNED: 'license_signed',
      PROJECT_CREATED: 'project_created',
      PAYOUT_COMPLETED: 'payout_completed',
      PAGE_VIEWED: 'page_viewed',
      CTA_CLICKED: 'cta_clicked',
      SEARCH_PERFORMED: 'search_performed',
    });
    expect(Object.keys(EVENT_TYPES)).toHaveLength(79);
  });

  it('has no value twice, and says of each what it means', () => {
    const values = EVENT_TYPE_REGISTRY.map(({ value }) => value);

    expect(new Set(values).size).toBe(values.length);
    for (const { key, value, description } of EVENT_TYPE_REGISTRY) {
      expect(key).toBe(value.toUpperCase());
      expect(value).toMatch(/^[a-z]+(_[a-z]+)+$/);
      expect(description).toMatch(/^[A-Z].+\.$/);
    }
  });

  it.each(['ASSET_VIEWED', 'asset_viewed ', 'constructor', '', 'asset'])(
    'does not know "%s"',
    (type) => {
      expect(isKnownEventType(type)).toBe(false);
    },
  );
});

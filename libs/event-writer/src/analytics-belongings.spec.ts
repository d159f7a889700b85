import { describe, expect, it } from '@jest/globals';
import type { AnalyticsEventDto } from '#libs/contracts';
import { belongingsOf } from './analytics-belongings.js';

const NOBODY = {
  projectId: null,
  ipAssetId: null,
  licenseId: null,
  userId: null,
  brandId: null,
  creatorId: null,
};

const about = (event: Partial<AnalyticsEventDto>) =>
  belongingsOf({ eventType: 'page_viewed', ...event }, null);

describe('whose numbers an event belongs to', () => {
  it.each([
    ['project', 'projectId'],
    ['asset', 'ipAssetId'],
    ['license', 'licenseId'],
    ['user', 'userId'],
    ['brand', 'brandId'],
    ['creator', 'creatorId'],
  ] as const)('is the %s that it is about', (entityType, column) => {
    expect(about({ entityType, entityId: 'it' })).toEqual({ ...NOBODY, [column]: 'it' });
  });

  it.each(['royalty', 'payout', 'post', 'category'] as const)(
    'is nobody where it is about a %s',
    (entityType) => {
      expect(about({ entityType, entityId: 'it' })).toEqual(NOBODY);
    },
  );

  it.each([
    ['projectId', 'projectId'],
    ['assetId', 'ipAssetId'],
    ['ipAssetId', 'ipAssetId'],
    ['licenseId', 'licenseId'],
    ['userId', 'userId'],
    ['brandId', 'brandId'],
    ['creatorId', 'creatorId'],
  ])('is what props says as %s', (name, column) => {
    expect(about({ props: { [name]: ' it ' } })).toEqual({ ...NOBODY, [column]: 'it' });
  });

  it('is what it is about before what props says', () => {
    const event = { entityType: 'asset', entityId: 'a', props: { assetId: 'b' } } as const;

    expect(about(event).ipAssetId).toBe('a');
  });

  it('knows an asset by the first of its two names', () => {
    expect(about({ props: { ipAssetId: 'b', assetId: 'a' } }).ipAssetId).toBe('a');
    expect(about({ props: { ipAssetId: 'b', assetId: '' } }).ipAssetId).toBe('b');
  });

  it('is the user who acts where it says no other, and nothing else of theirs', () => {
    const event = { eventType: 'asset_viewed' };

    expect(belongingsOf(event, 'actor')).toEqual({ ...NOBODY, userId: 'actor' });
    expect(belongingsOf({ ...event, props: { userId: 'other' } }, 'actor').userId).toBe('other');
  });

  it.each([7, null, {}, ['a'], '', '  ', 'x'.repeat(201), true])('is not %j', (assetId) => {
    expect(about({ props: { assetId } }).ipAssetId).toBeNull();
  });

  it('is told by own fields only', () => {
    const props = JSON.parse('{"__proto__": {"assetId": "a"}}') as Record<string, unknown>;

    expect(about({ props }).ipAssetId).toBeNull();
  });
});

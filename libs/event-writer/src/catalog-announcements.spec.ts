import { describe, expect, it, jest } from '@jest/globals';
import type { AnalyticsEventDto } from '#libs/contracts';
import { type Announcement, announcementsOf, type Skips } from './catalog-announcements.js';

const skips = jest.fn<Skips>();

const told = (event: AnalyticsEventDto, actorId: string | null = null): Announcement[] =>
  announcementsOf(event, actorId, skips);

describe('what an event tells the catalogue', () => {
  it('is nothing where it names nobody and nothing', () => {
    expect(told({ eventType: 'page_viewed', props: { path: '/', title: 'Gallery' } })).toEqual([]);
  });

  it.each([
    ['by its title', { title: 'Morning' }],
    ['by the title under its other name', { assetTitle: ' Morning ' }],
    ['by the more telling of two', { title: 'Page', assetTitle: 'Morning' }],
  ])('is an uploaded asset with who uploaded it, %s', (_, props) => {
    const event = { eventType: 'asset_uploaded', entityType: 'asset', entityId: 'a-1' } as const;

    expect(told({ ...event, props }, 'c-1')).toEqual([
      { kind: 'assets', id: 'a-1', values: { title: 'Morning', creatorId: 'c-1' } },
      { kind: 'creators', id: 'c-1', values: {} },
      { kind: 'users', id: 'c-1', values: {} },
    ]);
  });

  it('is the creator that an upload names rather than who sent it', () => {
    const props = { assetId: 'a-1', creatorId: 'c-2', projectId: 'p-1', creatorName: 'Ada' };

    const entries = told({ eventType: 'asset_uploaded', props }, 'admin-1');

    expect(entries).toEqual([
      { kind: 'assets', id: 'a-1', values: { creatorId: 'c-2', projectId: 'p-1' } },
      { kind: 'creators', id: 'c-2', values: { name: 'Ada' } },
      { kind: 'users', id: 'admin-1', values: {} },
    ]);
  });

  it('is not the owner of an asset that somebody only looks at', () => {
    const props = { assetId: 'a-1', assetTitle: 'Morning' };

    expect(told({ eventType: 'asset_viewed', props }, 'u-1')).toEqual([
      { kind: 'assets', id: 'a-1', values: { title: 'Morning' } },
      { kind: 'users', id: 'u-1', values: {} },
    ]);
  });

  it('is no asset that is only named', () => {
    expect(told({ eventType: 'asset_viewed', entityType: 'asset', entityId: 'a-1' })).toEqual([]);
  });

  it('is not the title of an asset where another thing has that title', () => {
    const props = { assetId: 'a-1', title: 'Gallery' };

    expect(told({ eventType: 'page_viewed', props })).toEqual([]);
  });

  it('is not the project of an asset where another thing belongs to it', () => {
    const props = { assetId: 'a-1', projectId: 'p-1', licenseId: 'l-1' };

    expect(told({ eventType: 'license_created', props })).toEqual([
      { kind: 'licenses', id: 'l-1', values: { assetId: 'a-1' } },
    ]);
  });

  it.each(['license_created', 'license_signed', 'royalty_calculated'])(
    'is the asset of a licence, said by %s',
    (eventType) => {
      const entity = { entityType: 'license', entityId: 'l-1' } as const;

      expect(told({ eventType, ...entity, props: { ipAssetId: 'a-1' } })).toEqual([
        { kind: 'licenses', id: 'l-1', values: { assetId: 'a-1' } },
      ]);
      expect(told({ eventType, ...entity })).toEqual([]);
    },
  );

  it.each([
    ['creators', 'creator_profile_created', 'creator'],
    ['creators', 'creator_profile_updated', 'creator'],
    ['brands', 'brand_profile_created', 'brand'],
    ['brands', 'brand_profile_updated', 'brand'],
    ['users', 'user_signed_up', 'user'],
    ['users', 'user_profile_updated', 'user'],
  ] as const)('is a name of %s, said by %s', (kind, eventType, entityType) => {
    const event = { eventType, entityType, entityId: 'id-1', props: { name: ' Ada ' } };

    expect(told(event)).toEqual([{ kind, id: 'id-1', values: { name: 'Ada' } }]);
  });

  it('is the profile of who acts where it names nobody', () => {
    const entries = told({ eventType: 'creator_profile_created', props: { name: 'Ada' } }, 'c-1');

    expect(entries).toEqual([
      { kind: 'creators', id: 'c-1', values: { name: 'Ada' } },
      { kind: 'users', id: 'c-1', values: {} },
    ]);
  });

  it('is no name of somebody by an event that is about something else', () => {
    const props = { userId: 'u-1', brandId: 'b-1', creatorId: 'c-1', name: 'A button' };

    expect(told({ eventType: 'button_clicked', props })).toEqual([
      { kind: 'creators', id: 'c-1', values: {} },
      { kind: 'users', id: 'u-1', values: {} },
      { kind: 'brands', id: 'b-1', values: {} },
    ]);
  });

  it.each([[7], [{ en: 'Ada' }], ['x'.repeat(301)], ['a\0b'], ['\ud800']])(
    'leaves out the name %j, and counts it',
    (name) => {
      skips.mockClear();
      const event = { eventType: 'user_signed_up', props: { userId: 'u-1', name } };

      expect(told(event)).toEqual([{ kind: 'users', id: 'u-1', values: {} }]);
      expect(skips.mock.calls).toEqual([['users']]);
    },
  );

  it.each([[null], [''], ['  ']])('takes %j for no name, which is no fault', (name) => {
    skips.mockClear();

    told({ eventType: 'user_signed_up', props: { userId: 'u-1', name } });

    expect(skips).not.toHaveBeenCalled();
  });

  it('counts a name by characters', () => {
    const name = '💳'.repeat(300);

    const [entry] = told({ eventType: 'user_signed_up', props: { userId: 'u-1', name } });

    expect(entry).toEqual({ kind: 'users', id: 'u-1', values: { name } });
  });
});

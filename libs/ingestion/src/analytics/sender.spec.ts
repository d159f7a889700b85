import { describe, expect, it } from '@jest/globals';
import { EVENT_TYPE_REGISTRY } from '#libs/contracts';
import { ANONYMOUS, type Caller } from '#libs/platform';
import { anAssetView, aLicenseCreation } from '../../../../test/support/analytics-event.js';
import { actorOf, asksNotToBeTracked, notAllowed, trustOf } from './sender.js';

const aCaller = (kind: Caller['kind'], ...scopes: string[]): Caller => ({ kind, id: 'me', scopes });

const INGEST_KEY = aCaller('key', 'ingest:analytics');
const ADMIN_KEY = aCaller('key', 'admin');
const OTHER_KEY = aCaller('key', 'ingest:commerce', 'events:read');
const USER = aCaller('user');
const USER_WITH_SCOPE = aCaller('user', 'ingest:analytics');
const ADMINISTRATOR = aCaller('user', 'admin');
const NETWORK = aCaller('network', 'ingest:analytics');

describe('how far a sender is trusted', () => {
  it.each([
    ['nobody', ANONYMOUS, 'anonymous'],
    ['an ingest key', INGEST_KEY, 'key'],
    ['an administrator’s key', ADMIN_KEY, 'key'],
    ['a key for something else', OTHER_KEY, 'anonymous'],
    ['a user', USER, 'user'],
    ['an administrator', ADMINISTRATOR, 'user'],
    ['a network', NETWORK, 'anonymous'],
  ])('is told for %s', (_, caller, trust) => {
    expect(trustOf(caller)).toBe(trust);
  });
});

describe('what a sender may say', () => {
  it.each([INGEST_KEY, ADMIN_KEY, ADMINISTRATOR])('is everything for %j', (caller) => {
    expect(notAllowed(aLicenseCreation(), caller)).toEqual([]);
  });

  it.each([ANONYMOUS, OTHER_KEY, USER, USER_WITH_SCOPE, NETWORK])(
    'is nothing of licences, servers and money for %j',
    (caller) => {
      const fields = notAllowed(aLicenseCreation(), caller).map(({ field }) => field);

      expect(fields).toEqual(['eventType', 'source', 'props.revenueCents', 'props.feeCents']);
    },
  );

  it('is what the registry publishes', () => {
    const guarded = EVENT_TYPE_REGISTRY.filter(
      ({ value }) => notAllowed({ eventType: value }, ANONYMOUS).length > 0,
    );

    expect(guarded.map(({ group }) => group)).toEqual([
      ...Array.from({ length: 7 }, () => 'license'),
      ...Array.from({ length: 3 }, () => 'royalty'),
      ...Array.from({ length: 2 }, () => 'payout'),
    ]);
    expect(EVENT_TYPE_REGISTRY.filter(({ sentBy }) => sentBy === 'server')).toEqual(guarded);
  });

  it.each(['licence_created', 'Licenses', 'royalties_paid', 'payout', 'payout.sent', 'LICENSE-x'])(
    'is no %s, although the registry lacks it',
    (eventType) => {
      expect(notAllowed({ eventType }, ANONYMOUS)).toHaveLength(1);
    },
  );

  it.each(['licensed', 'payouter', 'my_license_viewed', 'royaltyfree_viewed'])(
    'is %s, which only sounds like it',
    (eventType) => {
      expect(notAllowed({ eventType }, ANONYMOUS)).toEqual([]);
    },
  );
});

describe('who acts', () => {
  const context = { session: { userId: 'visitor', role: 'brand' } };

  it.each([
    ['a server’s visitor', context, INGEST_KEY, 'brand', 'visitor'],
    ['a visitor without a role', { session: { userId: 'visitor' } }, INGEST_KEY, 'user', 'visitor'],
    ['a role without a user', { session: { role: 'system' } }, INGEST_KEY, 'system', null],
    ['a visitor with empty words', { session: { userId: '', role: '' } }, INGEST_KEY, null, null],
    ['a server without a visitor', undefined, INGEST_KEY, null, null],
    ['a user', context, { ...USER, role: 'creator' }, 'creator', 'me'],
    ['a user without a role', context, USER, 'user', 'me'],
    ['anybody', context, ANONYMOUS, null, null],
    ['a key for something else', context, OTHER_KEY, null, null],
  ])('is told of %s', (_, said, caller, actorType, actorId) => {
    expect(actorOf(anAssetView({ context: said }), caller)).toEqual({ actorType, actorId });
  });
});

describe('a privacy signal', () => {
  it.each([
    [ANONYMOUS, true],
    [USER, true],
    [ADMINISTRATOR, true],
    [OTHER_KEY, true],
    [INGEST_KEY, false],
  ])('of %j counts: %p', (caller, counts) => {
    expect(asksNotToBeTracked({ privacySignal: 'dnt' }, caller)).toBe(counts);
    expect(asksNotToBeTracked({}, caller)).toBe(false);
  });
});

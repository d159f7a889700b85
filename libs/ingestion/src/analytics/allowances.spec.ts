import { describe, expect, it } from '@jest/globals';
import { ANONYMOUS, type Caller, type Receipt } from '#libs/platform';
import { anAssetView } from '../../../../test/support/analytics-event.js';
import { allowancesOf } from './allowances.js';

const KEY: Caller = { kind: 'key', id: 'k1', scopes: ['ingest:analytics'] };
const USER: Caller = { kind: 'user', id: 'u1', scopes: [] };

const aReceipt = (overrides: Partial<Receipt> = {}): Receipt => ({
  requestId: 'r-1',
  receivedAt: 1,
  ipAddress: '203.0.113.7',
  userAgent: null,
  ...overrides,
});

const drawn = (caller: Caller, sessionId?: string, receipt = aReceipt(), mostOfAKey = 500) =>
  allowancesOf({ ...anAssetView(), sessionId }, receipt, caller, mostOfAKey).map(
    ({ key, most, perSeconds }) => [key, most, perSeconds],
  );

describe('what an analytics event draws on', () => {
  it('is its address’s limit, then its session’s', () => {
    expect(drawn(ANONYMOUS, 's1')).toEqual([
      ['analytics:network:203.0.113.7', 1000, 60],
      ['analytics:session:s1', 100, 60],
    ]);
  });

  it.each([undefined, ''])('is its address’s limit where its session is %p', (sessionId) => {
    expect(drawn(ANONYMOUS, sessionId)).toEqual([
      ['analytics:network:203.0.113.7', 1000, 60],
      ['analytics:address:203.0.113.7', 100, 60],
    ]);
  });

  it('is that of the whole network of an IPv6 address', () => {
    const receipt = aReceipt({ ipAddress: '2001:db8:1:2:3:4:5:6' });

    expect(drawn(ANONYMOUS, undefined, receipt)[1]).toEqual([
      'analytics:address:2001:db8:1:2::/64',
      100,
      60,
    ]);
  });

  it('is a user’s own limit, in whatever session', () => {
    expect(drawn(USER, 's1')).toEqual([['analytics:user:u1', 100, 60]]);
  });

  it('is a key’s own limit, as it is set', () => {
    expect(drawn(KEY, 's1')).toEqual([['analytics:key:k1', 500, 60]]);
    expect(drawn(KEY, 's1', aReceipt(), 0)).toEqual([]);
  });

  it('is nothing where nothing is stored', () => {
    const receipt = aReceipt({ privacySignal: 'gpc' });

    expect(drawn(ANONYMOUS, 's1', receipt)).toEqual([]);
    expect(drawn(USER, 's1', receipt)).toEqual([]);
    expect(drawn(KEY, 's1', receipt)).toHaveLength(1);
  });
});

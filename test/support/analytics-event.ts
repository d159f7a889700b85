import { SignJWT } from 'jose';
import type { AnalyticsEventDto } from '#libs/contracts';

let sequence = 0;

/** A valid event that anybody may send; a test overrides only what it is about. */
export const anAssetView = (overrides: Partial<AnalyticsEventDto> = {}): AnalyticsEventDto => ({
  eventType: 'asset_viewed',
  source: 'web',
  entityType: 'asset',
  entityId: 'asset-1',
  sessionId: `session-${++sequence}`,
  ...overrides,
});

/** What only a server may say. */
export const aLicenseCreation = (
  overrides: Partial<AnalyticsEventDto> = {},
): AnalyticsEventDto => ({
  eventType: 'license_created',
  source: 'api',
  entityType: 'license',
  entityId: 'license-1',
  props: { licenseType: 'EXCLUSIVE', feeCents: 500_000, revenueCents: 500_000 },
  ...overrides,
});

export const TOKEN_SECRET = 'a secret of the tests, long enough to be one';

/** The token of a user. */
export const aUserToken = (claims: { sub: string; role?: string }): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(Buffer.from(TOKEN_SECRET));

export const CHROME_ON_MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Chrome/120.0.0.0 Safari/537.36';
export const SAFARI_ON_IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Version/17.1 Mobile/15E148 Safari/604.1';
export const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

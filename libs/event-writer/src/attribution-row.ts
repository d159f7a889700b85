import type { AnalyticsAdded, AnalyticsEventDto } from '#libs/contracts';
import type { NewAttribution, NewEvent } from '#libs/database';
import { visitorOf } from './visitor.js';

/**
 * What brought the visitor of an event, and with what: as a trusted server says of its visitor,
 * else by their user agent.
 */
export function attributionRow(
  { id, occurredAt, userAgent }: NewEvent,
  event: AnalyticsEventDto,
  { trust }: AnalyticsAdded,
): NewAttribution {
  const { attribution = {}, props = {} } = event;
  const context = (trust === 'key' && event.context) || {};
  const visitor = visitorOf({
    trust,
    header: userAgent,
    told: props['userAgent'],
  });
  return {
    eventId: id,
    occurredAt,
    utmSource: attribution.utmSource || null,
    utmMedium: attribution.utmMedium || null,
    utmCampaign: attribution.utmCampaign || null,
    utmTerm: attribution.utmTerm || null,
    utmContent: attribution.utmContent || null,
    referrer: attribution.referrer || context.referrer || null,
    landingPage: attribution.landingPage || null,
    deviceType: context.deviceType || visitor.deviceType,
    browser: context.browser || visitor.browser,
    os: context.os || visitor.os,
    isBot: visitor.isBot,
  };
}

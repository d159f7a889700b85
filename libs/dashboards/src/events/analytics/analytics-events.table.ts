import type { AnalyticsEventView } from '#libs/contracts';
import type { Props, SensitiveProps } from '#libs/database';
import { type EventTable, type Hide, spelt } from '../event-table.js';

type AnalyticsEvents = EventTable<AnalyticsEventView, AnalyticsEventView>;

/** What is personal stands in free JSON and in URLs; ids of people are for whoever reads events. */
export const analyticsEvents = (sensitive: SensitiveProps): AnalyticsEvents => ({
  contract: 'analytics',
  table: 'events',
  view: `
    stored.id, stored.event_type AS "eventType", ${spelt('stored.occurred_at')} AS "occurredAt",
    stored.source, stored.entity_type AS "entityType", stored.entity_id AS "entityId",
    stored.session_id AS "sessionId", stored.actor_id AS "actorId",
    stored.props_json AS "propsJson",
    json_build_object(
      'utmSource', told.utm_source, 'utmMedium', told.utm_medium,
      'utmCampaign', told.utm_campaign, 'utmTerm', told.utm_term,
      'utmContent', told.utm_content, 'referrer', told.referrer,
      'landingPage', told.landing_page, 'deviceType', told.device_type,
      'browser', told.browser, 'os', told.os, 'isBot', coalesce(told.is_bot, false)
    ) AS attribution
  `,
  joins: `
    LEFT JOIN attribution AS told
      ON told.event_id = stored.id AND told.occurred_at = stored.occurred_at
  `,
  joinedTime: 'told.occurred_at',
  id: { column: 'id', type: 'uuid' },
  time: 'occurred_at',
  eventId: 'id',
  eventIdType: 'uuid',
  filters: {
    entityType: 'entity_type',
    entityId: 'entity_id',
    eventType: 'event_type',
    sessionId: 'session_id',
  },
  indexed: ['entityId', 'sessionId'],
  viewOf: (row, hidden) => ({
    ...row,
    propsJson: row.propsJson && propsOf(row.id, row.propsJson, sensitive, hidden),
    attribution: hidden.inside(row.attribution),
  }),
});

/** Those that are stored encrypted are read only for whoever may see them. */
function propsOf(eventId: string, props: Props, sensitive: SensitiveProps, hidden: Hide): Props {
  const others = Object.entries(props).filter(
    ([name, value]) => !sensitive.isSensitive(name, value),
  );
  const sealed = Object.entries(props).filter(([name, value]) =>
    sensitive.isSensitive(name, value),
  );
  return Object.fromEntries([
    ...Object.entries(hidden.inside(Object.fromEntries(others))),
    ...sealed.map(([name, value]) => [
      name,
      hidden.unread(() => sensitive.shown(eventId, name, value)),
    ]),
  ]);
}

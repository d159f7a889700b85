import { type AnalyticsAdded, type AnalyticsEventDto, DEFAULT_SOURCE } from '#libs/contracts';
import type { NewEvent } from '#libs/database';
import type { Receipt } from '#libs/platform';
import { belongingsOf } from './analytics-belongings.js';
import { timeText } from './time-text.js';

/**
 * A row of an analytics event; an optional text that is empty says nothing. Each field by its name:
 * a spread takes as long as several of them.
 */
export function analyticsRow(
  event: AnalyticsEventDto,
  receipt: Receipt,
  added: AnalyticsAdded,
): NewEvent {
  const whose = belongingsOf(event, added.actorId);
  return {
    id: added.eventId,
    occurredAt: timeText(event.occurredAt ?? receipt.receivedAt),
    source: event.source ?? DEFAULT_SOURCE,
    eventType: event.eventType,
    actorType: added.actorType,
    actorId: added.actorId,
    entityType: event.entityType ?? null,
    entityId: event.entityId || null,
    projectId: whose.projectId,
    ipAssetId: whose.ipAssetId,
    licenseId: whose.licenseId,
    userId: whose.userId,
    brandId: whose.brandId,
    creatorId: whose.creatorId,
    sessionId: event.sessionId || null,
    propsJson: event.props === undefined ? null : JSON.stringify(event.props),
    idempotencyKey: added.idempotencyKey,
    userAgent: receipt.userAgent,
    ipAddress: receipt.ipAddress,
    receivedAt: new Date(receipt.receivedAt),
  };
}

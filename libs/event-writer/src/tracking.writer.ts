import { type TrackingEventDto, TrackingLog } from '#libs/contracts';
import type { NewTrackingEvent } from '#libs/database';
import type { Receipt } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { contentHash } from './content-hash.js';
import type { ContractWriter, NotStorableError } from './contract-writer.js';
import { timeText } from './time-text.js';
import { TRACKING_EVENTS } from './tracking-events.sql.js';

/** Tracking events to `tracking_events`. */
@Injectable()
export class TrackingWriter implements ContractWriter<TrackingEventDto, NewTrackingEvent> {
  readonly contract = 'tracking';
  readonly table = TRACKING_EVENTS;

  constructor(private readonly log: TrackingLog) {}

  toRow(event: TrackingEventDto, receipt: Receipt): NewTrackingEvent {
    return {
      eventId: this.eventIdOf(event),
      eventType: event.eventType,
      sessionId: event.sessionId,
      trackId: event.trackId,
      userId: event.userId ?? null,
      url: event.url,
      path: event.path,
      flow: event.flow ?? null,
      step: event.step ?? null,
      cockpitSessinoId: event.cockpitSessinoId ?? null,
      productSlug: event.productSlug ?? null,
      eventTimestamp: timeText(event.timestamp),
      receivedAt: new Date(receipt.receivedAt),
      ipAddress: receipt.ipAddress,
      userAgent: receipt.userAgent,
    };
  }

  /** An event without an id is told by its content: one that says the very same is a retry. */
  eventIdOf(event: TrackingEventDto): string {
    if (event.eventId) return event.eventId;
    const { eventId: _empty, ...said } = event;
    return `sha256:${contentHash(said)}`;
  }

  offerIdOf(): null {
    return null;
  }

  persistFailed(event: TrackingEventDto, error: NotStorableError, receipt: Receipt): void {
    this.log.persistFailed(this.eventIdOf(event), error, receipt);
  }
}

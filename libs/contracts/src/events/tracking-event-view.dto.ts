import {
  type Answered,
  AnswerList,
  AnswerText,
  AnswerTime,
  AnswerValue,
  AsIn,
  NextCursor,
} from '../answer-fields.js';
import {
  type FlowType,
  TRACKING_EVENT_TYPES,
  type TrackingEventType,
} from '../tracking/tracking-event.catalogue.js';
import { CockpitBuyEventDto, type TrackingEventDto } from '../tracking/tracking-event.dto.js';

/** A stored tracking event: as it was sent, with what the server added. */
export class TrackingEventView implements Answered<
  Omit<TrackingEventDto, 'eventId' | 'timestamp'>
> {
  @AnswerText({
    description: 'As it was sent; without one `sha256:` and the hash of the event.',
    example: '5f0c1b7e-2a94-4d63-8f1e-7b3d9c2a6e10',
  })
  readonly eventId: string;

  @AnswerValue({
    description: 'What happened.',
    name: 'TrackingEventType',
    values: TRACKING_EVENT_TYPES,
  })
  readonly eventType: TrackingEventType;

  @AsIn(CockpitBuyEventDto)
  readonly sessionId: string;

  @AsIn(CockpitBuyEventDto)
  readonly trackId: string;

  @AsIn(CockpitBuyEventDto)
  readonly userId: string | null;

  @AsIn(CockpitBuyEventDto)
  readonly url: string;

  @AsIn(CockpitBuyEventDto)
  readonly path: string;

  @AsIn(CockpitBuyEventDto, { nullable: true })
  readonly flow: FlowType | null;

  @AsIn(CockpitBuyEventDto, { nullable: true })
  readonly step: string | null;

  @AsIn(CockpitBuyEventDto, { nullable: true })
  readonly cockpitSessinoId: string | null;

  @AsIn(CockpitBuyEventDto, { nullable: true })
  readonly productSlug: string | null;

  @AnswerTime({ description: 'When it happened, by the sender’s clock.' })
  readonly timestamp: string;

  @AnswerTime({ description: 'When the server took it, by the server’s clock.' })
  readonly receivedAt: string;

  @AnswerText({ description: 'Where it came from.', nullable: true, example: '203.0.113.7' })
  readonly ipAddress: string | null;

  @AnswerText({ description: 'The sender’s user agent, cut at 1024.', nullable: true })
  readonly userAgent: string | null;
}

export class TrackingEventPage {
  @AnswerList(TrackingEventView, 'Newest event time first.')
  readonly items: readonly TrackingEventView[];

  @NextCursor()
  readonly nextCursor: string | null;
}

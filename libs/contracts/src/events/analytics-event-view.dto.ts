import {
  EVENT_SOURCES,
  type EntityType,
  type EventSource,
} from '../analytics/analytics-event.catalogue.js';
import { AnalyticsEventDto, AttributionDto } from '../analytics/analytics-event.dto.js';
import { ANALYTICS_ANSWER_EXAMPLE } from '../analytics/analytics-event.examples.js';
import {
  type Answered,
  AnswerFlag,
  AnswerList,
  AnswerObject,
  AnswerPart,
  AnswerText,
  AnswerTime,
  AnswerValue,
  AsIn,
  NextCursor,
} from '../answer-fields.js';

/** What brought the visitor, and with what. */
export class AttributionView implements Answered<AttributionDto> {
  @AsIn(AttributionDto)
  readonly utmSource: string | null;

  @AsIn(AttributionDto)
  readonly utmMedium: string | null;

  @AsIn(AttributionDto)
  readonly utmCampaign: string | null;

  @AsIn(AttributionDto)
  readonly utmTerm: string | null;

  @AsIn(AttributionDto)
  readonly utmContent: string | null;

  @AsIn(AttributionDto)
  readonly referrer: string | null;

  @AsIn(AttributionDto)
  readonly landingPage: string | null;

  @AnswerText({ description: 'The kind of device.', nullable: true, example: 'desktop' })
  readonly deviceType: string | null;

  @AnswerText({ description: 'The browser.', nullable: true, example: 'Chrome' })
  readonly browser: string | null;

  @AnswerText({ description: 'The operating system.', nullable: true, example: 'macOS' })
  readonly os: string | null;

  @AnswerFlag({ description: 'Whether its user agent is that of a program, not of a visitor.' })
  readonly isBot: boolean;
}

/** A stored analytics event. */
export class AnalyticsEventView {
  @AnswerText({
    description: 'The id that its sender was answered.',
    example: ANALYTICS_ANSWER_EXAMPLE.eventId,
  })
  readonly id: string;

  @AsIn(AnalyticsEventDto)
  readonly eventType: string;

  @AnswerTime({ description: 'When it happened.' })
  readonly occurredAt: string;

  @AnswerValue({ description: 'Where it happened.', name: 'EventSource', values: EVENT_SOURCES })
  readonly source: EventSource;

  @AsIn(AnalyticsEventDto)
  readonly entityType: EntityType | null;

  @AsIn(AnalyticsEventDto)
  readonly entityId: string | null;

  @AsIn(AnalyticsEventDto)
  readonly sessionId: string | null;

  @AnswerText({
    description: 'Who acted, as a token or a trusted server says.',
    nullable: true,
    example: 'user-1',
  })
  readonly actorId: string | null;

  @AnswerObject({ description: 'The `props`, as they were sent.', nullable: true })
  readonly propsJson: Readonly<Record<string, unknown>> | null;

  @AnswerPart(AttributionView, 'What brought the visitor, and with what.')
  readonly attribution: AttributionView;
}

export class AnalyticsEventPage {
  @AnswerList(AnalyticsEventView, 'Newest event time first.')
  readonly items: readonly AnalyticsEventView[];

  @NextCursor()
  readonly nextCursor: string | null;
}

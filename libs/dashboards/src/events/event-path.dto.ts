import {
  ANALYTICS_ANSWER_EXAMPLE,
  CHECKOUT_EVENT_EXAMPLES,
  COMMERCE_EVENT_EXAMPLES,
  TextField,
  TRACKING_EVENT_EXAMPLES,
} from '#libs/contracts';

/** The event that a path names, within the limits of every contract's ids. */
const EventIdField = (description: string, example: string): PropertyDecorator =>
  TextField({ description, maxLength: 200, example });

const AS_SENT = 'The id, as the sender made it.';

export class CheckoutEventPath {
  @EventIdField(AS_SENT, CHECKOUT_EVENT_EXAMPLES.pageView.value.eventId)
  readonly eventId: string;
}

export class TrackingEventPath {
  @EventIdField(
    'The id, as the sender made it, or as the list shows it.',
    TRACKING_EVENT_EXAMPLES.pageView.value.eventId ?? '',
  )
  readonly eventId: string;
}

export class AnalyticsEventPath {
  @EventIdField('The id that the sender was answered.', ANALYTICS_ANSWER_EXAMPLE.eventId)
  readonly eventId: string;
}

export class CommerceEventPath {
  @EventIdField(
    'The `id` of the envelope, that of the order for example, or the `event_id` of the HTTP client.',
    COMMERCE_EVENT_EXAMPLES.completed.value.id ?? '',
  )
  readonly eventId: string;
}

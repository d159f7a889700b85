import {
  AnswerAmount,
  AnswerList,
  AnswerObject,
  AnswerText,
  AnswerTexts,
  AnswerTime,
  AnswerValue,
  NextCursor,
} from '../answer-fields.js';

/** A stored commerce event: what was sent, and what its amount comes to. */
export class CommerceEventView {
  @AnswerText({
    description: 'The sender’s id of the event; of an envelope the id of what it is about.',
    nullable: true,
    example: 'ord_1001',
  })
  readonly eventId: string | null;

  @AnswerText({ description: 'As it was sent.', example: 'order.completed' })
  readonly eventName: string;

  @AnswerText({ description: 'One name for both transports.', example: 'order.completed' })
  readonly eventType: string;

  @AnswerValue({
    description: 'Spelt as by the HTTP client, or as an envelope.',
    name: 'CommerceWire',
    values: ['collector', 'envelope'],
  })
  readonly wire: 'collector' | 'envelope';

  @AnswerValue({
    description: 'How it came.',
    name: 'CommerceTransport',
    values: ['http', 'nats'],
  })
  readonly transport: 'http' | 'nats';

  @AnswerText({ description: 'Whose shop.', nullable: true, example: 'acme' })
  readonly organizationId: string | null;

  @AnswerText({ description: 'Who.', nullable: true, example: 'user-1' })
  readonly userId: string | null;

  @AnswerText({ description: 'The checkout session.', nullable: true })
  readonly sessionId: string | null;

  @AnswerText({ description: 'The order.', nullable: true, example: 'ord_1001' })
  readonly orderId: string | null;

  @AnswerText({ description: 'The amount as it was sent.', nullable: true, example: '59.97' })
  readonly amount: string | null;

  @AnswerAmount({
    description:
      'The amount in whole minor units of its currency; null where there is none, or where it ' +
      'cannot be read.',
    nullable: true,
    example: 5997,
  })
  readonly amountMinor: number | null;

  @AnswerText({
    description: 'Upper case; USD where none was sent.',
    nullable: true,
    example: 'USD',
  })
  readonly currency: string | null;

  @AnswerText({ description: 'As it was sent.', nullable: true, example: '3' })
  readonly quantity: string | null;

  @AnswerTime({
    description: 'When it happened; when it was received where it does not say.',
    example: '2026-01-15T12:02:00.468529Z',
  })
  readonly timestamp: string;

  @AnswerText({ description: 'The page.', nullable: true })
  readonly url: string | null;

  @AnswerText({ description: 'The page before.', nullable: true })
  readonly referrer: string | null;

  @AnswerText({ description: 'The product.', nullable: true })
  readonly productId: string | null;

  @AnswerText({ description: 'The cart.', nullable: true })
  readonly cartId: string | null;

  @AnswerObject({
    description: 'What else the event says; personal data masked unless the key may read it.',
    nullable: true,
  })
  readonly data: unknown;

  @AnswerObject({ description: 'The part for GA4, as received.', nullable: true })
  readonly ga4: unknown;

  @AnswerObject({ description: 'The part for Meta, as received.', nullable: true })
  readonly facebookCapi: unknown;

  @AnswerTexts({ description: 'Which of the parts are malformed.' })
  readonly malformedParts: readonly string[];

  @AnswerTime({ description: 'When the server took it, by the server’s clock.' })
  readonly receivedAt: string;

  @AnswerText({ description: 'Where it came from.', nullable: true, example: '203.0.113.7' })
  readonly ipAddress: string | null;

  @AnswerText({ description: 'The sender’s user agent, cut at 1024.', nullable: true })
  readonly userAgent: string | null;
}

export class CommerceEventPage {
  @AnswerList(CommerceEventView, 'Newest event time first.')
  readonly items: readonly CommerceEventView[];

  @NextCursor()
  readonly nextCursor: string | null;
}

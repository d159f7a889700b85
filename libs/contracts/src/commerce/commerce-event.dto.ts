import { JsonObjectField, LenientField, TextField, TimeTextField } from '../fields.js';
import { FacebookCAPIEvent, GA4EcommerceEvent } from './ecommerce-parts.dto.js';

/**
 * One commerce event in its full envelope, as the publisher sends it over NATS. The same may be
 * posted. This class is the contract.
 */
export class CommerceEventDto {
  @TextField({
    description:
      'The id of what the event is about, such as the order’s: *not* of the event. Created, ' +
      'completed and refunded of one order share it. May be empty.',
    maxLength: 200,
    optional: true,
    example: 'ord_1001',
  })
  readonly id?: string;

  @TextField({
    description: 'What happened, dotted; names that nobody knows yet are taken too.',
    maxLength: 200,
    example: 'order.completed',
  })
  readonly type: string;

  @TimeTextField({
    description:
      'When it happened: RFC 3339 with its zone and up to nine digits of a second. Part of the ' +
      'idempotency key, as it is spelt.',
    example: '2026-01-15T12:02:00.468529245Z',
  })
  readonly timestamp: string;

  @TextField({
    description: 'Whose shop. May be empty.',
    maxLength: 200,
    optional: true,
    example: 'acme',
  })
  readonly organization_id?: string;

  @TextField({ description: 'Who.', maxLength: 200, optional: true, example: 'user-1' })
  readonly user_id?: string;

  @TextField({
    description: 'The checkout session that it belongs to.',
    maxLength: 200,
    optional: true,
    example: 'chk_4c1d9e02',
  })
  readonly session_id?: string;

  @JsonObjectField({
    description: 'What the event says; amounts in decimal major units. Kept exactly.',
    optional: true,
    example: { order_id: 'ord_1001', revenue: 59.97, currency: 'USD', email: 'buyer@example.com' },
  })
  readonly data?: Readonly<Record<string, unknown>>;

  @LenientField({
    description: 'The event for GA4. What is malformed is kept and flagged.',
    of: GA4EcommerceEvent,
  })
  readonly ga4?: unknown;

  @LenientField({
    description: 'The event for Meta. What is malformed is kept and flagged.',
    of: FacebookCAPIEvent,
  })
  readonly facebook_capi?: unknown;
}

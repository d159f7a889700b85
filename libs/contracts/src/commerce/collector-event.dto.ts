import { DecimalField, JsonObjectField, TextField, TimeTextField } from '../fields.js';

/**
 * One commerce event as the HTTP client of commerce back ends posts it. This class is the contract.
 *
 * Only `event` is required; every other field may be absent, null or empty.
 */
export class CollectorEventDto {
  @TextField({
    description: 'What happened. Any name.',
    maxLength: 200,
    example: 'order_completed',
  })
  readonly event: string;

  @TextField({ description: 'Who.', maxLength: 200, optional: true, example: 'user-1' })
  readonly distinct_id?: string;

  @TextField({ description: 'Whose shop.', maxLength: 200, optional: true, example: 'acme' })
  readonly organization_id?: string;

  @TextField({ description: 'The order.', maxLength: 200, optional: true, example: 'ord_1002' })
  readonly order_id?: string;

  @DecimalField({
    description: 'In major units. Money *out* on credits, commissions and payouts.',
    optional: true,
    example: 59.97,
  })
  readonly revenue?: number | string;

  @DecimalField({ description: 'How many.', optional: true, example: 3 })
  readonly quantity?: number | string;

  @JsonObjectField({
    description: 'What else the event says. Kept exactly.',
    optional: true,
    example: { currency: 'USD', item_count: 1, status: 'completed', email: 'buyer@example.com' },
  })
  readonly properties?: Readonly<Record<string, unknown>>;

  @TextField({
    description:
      'Idempotency key. Without one, orders and payouts are known by their own ids, and every ' +
      'other request is an event of its own.',
    maxLength: 200,
    optional: true,
  })
  readonly event_id?: string;

  @TimeTextField({
    description: 'When it happened, RFC 3339; without one, when it was received.',
    optional: true,
    example: '2026-01-15T14:20:00Z',
  })
  readonly timestamp?: string;

  @TextField({ description: 'The checkout session.', maxLength: 200, optional: true })
  readonly session_id?: string;

  @TextField({ description: 'The page.', maxLength: 8192, optional: true })
  readonly url?: string;

  @TextField({ description: 'The page before.', maxLength: 8192, optional: true })
  readonly referrer?: string;

  @TextField({ description: 'The product.', maxLength: 200, optional: true })
  readonly product_id?: string;

  @TextField({ description: 'The cart.', maxLength: 200, optional: true })
  readonly cart_id?: string;
}

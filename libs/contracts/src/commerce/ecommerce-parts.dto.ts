import { JsonObjectField, ListField, NestedField, NumberField, VerbatimField } from '../fields.js';

/** One item of a GA4 e-commerce event. */
export class GA4Item {
  @VerbatimField({ description: 'The product.', maxLength: 2000, example: 'prod_1' })
  readonly item_id: string;

  @VerbatimField({ description: 'Its name.', maxLength: 2000, example: 'Green tea' })
  readonly item_name: string;

  @VerbatimField({ description: 'Its brand.', maxLength: 2000, optional: true })
  readonly item_brand?: string;

  @VerbatimField({ description: 'Its category.', maxLength: 2000, optional: true })
  readonly item_category?: string;

  @NumberField({ description: 'Of one, in major units.', example: 19.99 })
  readonly price: number;

  @NumberField({ description: 'How many.', example: 3 })
  readonly quantity: number;

  @VerbatimField({ description: 'Of the price.', maxLength: 16, optional: true, example: 'USD' })
  readonly currency?: string;
}

/** The event in the form of GA4's enhanced e-commerce. */
export class GA4EcommerceEvent {
  @VerbatimField({ description: 'GA4’s name.', maxLength: 200, example: 'purchase' })
  readonly event_name: string;

  @VerbatimField({ description: 'Of the value.', maxLength: 16, optional: true, example: 'USD' })
  readonly currency?: string;

  @NumberField({ description: 'In major units.', optional: true, example: 59.97 })
  readonly value?: number;

  @ListField({ description: 'What it is about.', of: GA4Item, maxItems: 1000, optional: true })
  readonly items?: readonly GA4Item[];

  @JsonObjectField({
    description: 'Whatever else GA4 takes.',
    optional: true,
    example: { transaction_id: 'ord_1001' },
  })
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Whom Meta may match. `em` and `ph` are hashed by the sender. */
export class FacebookUserData {
  @VerbatimField({ description: 'SHA-256 of the e-mail.', maxLength: 2000, optional: true })
  readonly em?: string;

  @VerbatimField({ description: 'SHA-256 of the telephone.', maxLength: 2000, optional: true })
  readonly ph?: string;

  @VerbatimField({
    description: 'The sender’s user id, not hashed.',
    maxLength: 2000,
    optional: true,
  })
  readonly external_id?: string;

  @VerbatimField({ description: 'The visitor’s address.', maxLength: 200, optional: true })
  readonly client_ip_address?: string;

  @VerbatimField({ description: 'The visitor’s browser.', maxLength: 2000, optional: true })
  readonly client_user_agent?: string;

  @VerbatimField({ description: 'Meta’s click id.', maxLength: 2000, optional: true })
  readonly fbc?: string;

  @VerbatimField({ description: 'Meta’s browser id.', maxLength: 2000, optional: true })
  readonly fbp?: string;
}

/** The event in the form of Meta's Conversions API. */
export class FacebookCAPIEvent {
  @VerbatimField({ description: 'Meta’s name.', maxLength: 200, example: 'Purchase' })
  readonly event_name: string;

  @NumberField({ description: 'In seconds since 1970.', example: 1_768_478_520 })
  readonly event_time: number;

  @VerbatimField({ description: 'Where it happened.', maxLength: 200, example: 'website' })
  readonly action_source: string;

  @NestedField({ description: 'Whom it is about.', of: FacebookUserData, optional: true })
  readonly user_data?: FacebookUserData;

  @JsonObjectField({
    description: 'Whatever else Meta takes.',
    optional: true,
    example: { currency: 'USD', value: 59.97, order_id: 'ord_1001' },
  })
  readonly custom_data?: Readonly<Record<string, unknown>>;
}

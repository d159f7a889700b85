import { IntersectionType, PickType } from '@nestjs/swagger';
import {
  CHECKOUT_EVENT_NAMES,
  CHECKOUT_MODES,
  CHECKOUT_TYPES,
  type CheckoutEventName,
  type CheckoutMode,
  type CheckoutType,
  PAYMENT_METHODS,
  type PaymentMethod,
} from '../checkout/checkout-event.catalogue.js';
import { type Traffic, TRAFFICS } from '../dashboards/checkout/traffic.catalogue.js';
import { DAYS_BY_DEFAULT } from '../dashboards/day-range.dto.js';
import { ListAnalyticsEventsQuery } from '../events/list-analytics-events.dto.js';
import { ListCheckoutEventsQuery } from '../events/list-checkout-events.dto.js';
import { ListCommerceEventsQuery } from '../events/list-commerce-events.dto.js';
import { ListTrackingEventsQuery } from '../events/list-tracking-events.dto.js';
import { CatalogueField, TextField } from '../fields.js';
import { DayField } from '../query-fields.js';
import { FLOW_TYPES, type FlowType } from '../tracking/tracking-event.catalogue.js';

/** The kinds of files that events are written to. */
export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What every export can be asked: the kind of file, and the days that it holds. */
export class ExportEventsQuery {
  @CatalogueField({
    description: 'Goes before the `Accept` header; without both it is CSV.',
    name: 'ExportFormat',
    values: EXPORT_FORMATS,
    optional: true,
  })
  readonly format?: ExportFormat;

  @DayField({
    description:
      'The first day, in UTC, by the events’ own time. ' +
      `Without it: ${DAYS_BY_DEFAULT} days, of which \`to\` is the last.`,
    optional: true,
    example: '2026-01-01',
  })
  readonly from?: string;

  @DayField({
    description: 'The last day, in UTC, itself included. Without it: today.',
    optional: true,
    example: '2026-01-30',
  })
  readonly to?: string;
}

export class ExportCheckoutEventsQuery extends IntersectionType(
  ExportEventsQuery,
  PickType(ListCheckoutEventsQuery, ['sessionId', 'offerId']),
) {
  @TextField({
    description: 'Only events of offers that this producer had when they were stored.',
    maxLength: 200,
    optional: true,
  })
  readonly producerId?: string;

  @TextField({
    description: 'Only events of offers that stood for this product when they were stored.',
    maxLength: 200,
    optional: true,
  })
  readonly productId?: string;

  @CatalogueField({
    description: 'Only events of this name.',
    name: 'CheckoutEventName',
    values: CHECKOUT_EVENT_NAMES,
    optional: true,
  })
  readonly eventName?: CheckoutEventName;

  @CatalogueField({
    description: 'Only events that say this type themselves.',
    name: 'CheckoutType',
    values: CHECKOUT_TYPES,
    optional: true,
  })
  readonly checkoutType?: CheckoutType;

  @CatalogueField({
    description: 'Only events that say this mode themselves.',
    name: 'CheckoutMode',
    values: CHECKOUT_MODES,
    optional: true,
  })
  readonly checkoutMode?: CheckoutMode;

  @CatalogueField({
    description: 'Only events that say this payment method themselves.',
    name: 'PaymentMethod',
    values: PAYMENT_METHODS,
    optional: true,
  })
  readonly paymentMethod?: PaymentMethod;

  @TextField({ description: 'Only events of this host.', maxLength: 253, optional: true })
  readonly fullHostname?: string;

  @CatalogueField({
    description:
      '`production` leaves out what the figures of dashboards leave out: sandboxes and developers. ' +
      'A file leaves out nothing unless it is told to.',
    name: 'Traffic',
    values: TRAFFICS,
    default: 'all',
    optional: true,
  })
  readonly traffic: Traffic = 'all';
}

export class ExportTrackingEventsQuery extends IntersectionType(
  ExportEventsQuery,
  PickType(ListTrackingEventsQuery, ['sessionId', 'trackId', 'eventType', 'productSlug']),
) {
  @CatalogueField({
    description: 'Only events of this flow.',
    name: 'FlowType',
    values: FLOW_TYPES,
    optional: true,
  })
  readonly flow?: FlowType;

  @TextField({ description: 'Only events of this page.', maxLength: 2048, optional: true })
  readonly path?: string;
}

export class ExportAnalyticsEventsQuery extends IntersectionType(
  ExportEventsQuery,
  PickType(ListAnalyticsEventsQuery, ['entityType', 'entityId', 'eventType', 'sessionId']),
) {
  @TextField({
    description: 'Only events that name this asset, or belong to it.',
    maxLength: 200,
    optional: true,
  })
  readonly assetId?: string;

  @TextField({
    description:
      'Only events of the assets of this creator, and of their licences: of those that an ' +
      'administrator or a server gave it.',
    maxLength: 200,
    optional: true,
  })
  readonly creatorId?: string;
}

export class ExportCommerceEventsQuery extends IntersectionType(
  ExportEventsQuery,
  PickType(ListCommerceEventsQuery, ['eventType', 'orderId', 'organizationId', 'userId']),
) {}

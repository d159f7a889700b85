import { applyDecorators } from '@nestjs/common';
import { Alias, CatalogueField, TagField, TextField, TimeField } from '../fields.js';
import { anyOf, UnionOf } from '../union.js';
import {
  COCKPIT_BUY_EVENT_TYPES,
  COCKPIT_CREATE_EVENT_TYPES,
  COCKPIT_CREATED_EVENT_TYPES,
  FLOW_TYPES,
  type FlowType,
  PAGE_VIEW_EVENT_TYPES,
} from './tracking-event.catalogue.js';

const WHAT_HAPPENED = 'What happened; it decides which other fields are required.';

/** The spelling is the contract's own; its authors later wrote the other one. */
const CockpitSessionField = ({ optional }: { optional: boolean }): PropertyDecorator =>
  applyDecorators(
    Alias('cockpitSessionId'),
    TextField({
      description:
        'The session of the cockpit. May be sent as `cockpitSessionId` instead; both with ' +
        'different values is a breach.',
      maxLength: 200,
      optional,
      example: 'cockpit-1',
    }),
  );

const ProductSlugField = ({ optional }: { optional: boolean }): PropertyDecorator =>
  TextField({
    description: 'The slug of the product.',
    maxLength: 200,
    optional,
    example: 'green-tea',
  });

/** What every tracking event says. */
class TrackingEventFields {
  @TextField({
    description:
      'Idempotency key, together with `timestamp`. Without one, an event that comes again with ' +
      'the very same content is taken as a retry and stored once.',
    maxLength: 200,
    optional: true,
    example: '5f0c1b7e-2a94-4d63-8f1e-7b3d9c2a6e10',
  })
  readonly eventId?: string;

  @TextField({
    description: 'One session of a user; it usually ends when the browser is closed.',
    maxLength: 200,
    example: 'visit_7a20',
  })
  readonly sessionId: string;

  @TextField({
    description:
      'Who it is, as well as is known: the `userId` of a signed-in user, else the `sessionId`. ' +
      'The client says it; the server infers nothing.',
    maxLength: 200,
    example: 'user-1',
  })
  readonly trackId: string;

  @TextField({
    description: 'The signed-in user.',
    maxLength: 200,
    optional: true,
    example: 'user-1',
  })
  readonly userId?: string;

  @TextField({
    description: 'The full URL of the page. Kept as sent.',
    maxLength: 8192,
    example: 'https://shop.example.com/products/green-tea',
  })
  readonly url: string;

  @TextField({
    description: 'The path of the page.',
    maxLength: 2048,
    example: '/products/green-tea',
  })
  readonly path: string;

  @TimeField({
    description:
      'When it happened, by the sender’s clock: ISO 8601 text, or milliseconds since 1970.',
    example: '2026-01-15T11:58:00.000Z',
  })
  readonly timestamp: string | number;
}

/** What every event of a cockpit says. */
class CockpitEventFields extends TrackingEventFields {
  @CatalogueField({
    description: 'The flow in which it happened.',
    name: 'FlowType',
    values: FLOW_TYPES,
  })
  readonly flow: FlowType;

  @TextField({
    description: 'The step that the event is about.',
    maxLength: 200,
    example: 'details',
  })
  readonly step: string;
}

/** A page was viewed. */
export class PageViewEventDto extends TrackingEventFields {
  @TagField({ description: WHAT_HAPPENED, values: PAGE_VIEW_EVENT_TYPES })
  readonly eventType: (typeof PAGE_VIEW_EVENT_TYPES)[number];
}

/** A creator is making a product in the cockpit. */
export class CockpitCreateEventDto extends CockpitEventFields {
  @TagField({ description: WHAT_HAPPENED, values: COCKPIT_CREATE_EVENT_TYPES })
  readonly eventType: (typeof COCKPIT_CREATE_EVENT_TYPES)[number];

  @CockpitSessionField({ optional: false })
  readonly cockpitSessinoId: string;

  @ProductSlugField({ optional: true })
  readonly productSlug?: string;
}

/** A creator has made a product in the cockpit. */
export class CockpitCreatedEventDto extends CockpitEventFields {
  @TagField({ description: WHAT_HAPPENED, values: COCKPIT_CREATED_EVENT_TYPES })
  readonly eventType: (typeof COCKPIT_CREATED_EVENT_TYPES)[number];

  @CockpitSessionField({ optional: false })
  readonly cockpitSessinoId: string;

  @ProductSlugField({ optional: false })
  readonly productSlug: string;
}

/** A buyer is in the cockpit. */
export class CockpitBuyEventDto extends CockpitEventFields {
  @TagField({ description: WHAT_HAPPENED, values: COCKPIT_BUY_EVENT_TYPES })
  readonly eventType: (typeof COCKPIT_BUY_EVENT_TYPES)[number];

  @CockpitSessionField({ optional: true })
  readonly cockpitSessinoId?: string;

  @ProductSlugField({ optional: false })
  readonly productSlug: string;
}

export type TrackingEvent =
  PageViewEventDto | CockpitCreateEventDto | CockpitCreatedEventDto | CockpitBuyEventDto;

/** One tracking event as front ends send it. Its variants are the contract. */
@UnionOf('eventType', [
  PageViewEventDto,
  CockpitCreateEventDto,
  CockpitCreatedEventDto,
  CockpitBuyEventDto,
])
export class TrackingEventDto extends anyOf<TrackingEvent>() {}

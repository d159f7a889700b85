import {
  CatalogueField,
  JsonObjectField,
  KnownValues,
  NestedField,
  Requires,
  TextField,
  TimeTextField,
} from '../fields.js';
import {
  DEFAULT_SOURCE,
  ENTITY_TYPES,
  type EntityType,
  EVENT_SOURCES,
  type EventSource,
} from './analytics-event.catalogue.js';
import { EVENT_TYPE_REGISTRY } from './event-types.catalogue.js';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

const UtmField = (what: string, example: string): PropertyDecorator =>
  TextField({ description: `${what} of the visit.`, maxLength: 255, optional: true, example });

/** What brought the visitor. */
export class AttributionDto {
  @UtmField('The source', 'google')
  readonly utmSource?: string;

  @UtmField('The medium', 'cpc')
  readonly utmMedium?: string;

  @UtmField('The campaign', 'winter_2026')
  readonly utmCampaign?: string;

  @UtmField('The search term', 'illustration')
  readonly utmTerm?: string;

  @UtmField('The variant of the advertisement', 'banner-a')
  readonly utmContent?: string;

  @TextField({
    description: 'The page before.',
    maxLength: 8192,
    optional: true,
    example: 'https://www.google.com/',
  })
  readonly referrer?: string;

  @TextField({
    description: 'The page at which the visit began.',
    maxLength: 8192,
    optional: true,
    example: 'https://studio.example.com/?utm_source=google',
  })
  readonly landingPage?: string;
}

/** For whom a server speaks. */
export class EventSessionDto {
  @TextField({ description: 'The user.', maxLength: 200, optional: true, example: 'user-1' })
  readonly userId?: string;

  @TextField({
    description: 'What the user is, such as `creator` or `brand`.',
    maxLength: 64,
    optional: true,
    example: 'brand',
  })
  readonly role?: string;
}

/** What a server knows of the visitor for whom it speaks. */
export class EventContextDto {
  @NestedField({ description: 'Who the visitor is.', of: EventSessionDto, optional: true })
  readonly session?: EventSessionDto;

  @TextField({
    description: 'The kind of device.',
    maxLength: 64,
    optional: true,
    example: 'desktop',
  })
  readonly deviceType?: string;

  @TextField({ description: 'The browser.', maxLength: 255, optional: true, example: 'Chrome' })
  readonly browser?: string;

  @TextField({
    description: 'The operating system.',
    maxLength: 255,
    optional: true,
    example: 'macOS',
  })
  readonly os?: string;

  @TextField({
    description: 'The page before, where `attribution` does not say it.',
    maxLength: 8192,
    optional: true,
    example: 'https://www.google.com/',
  })
  readonly referrer?: string;
}

/** One event of the creators' platform, as its web pages and its API send it. */
export class AnalyticsEventDto {
  @KnownValues(
    Object.fromEntries(EVENT_TYPE_REGISTRY.map(({ value, description }) => [value, description])),
  )
  @TextField({
    description:
      'What happened. `GET /event-types` lists the known ones; others are taken too. Types of ' +
      'licences, royalties and payouts are taken from ingest keys and administrators only.',
    maxLength: 100,
    example: 'asset_viewed',
  })
  readonly eventType: string;

  @CatalogueField({
    description:
      `Where it happened; \`${DEFAULT_SOURCE}\` where it is left out. \`api\`, \`system\` and ` +
      '`webhook` are taken from ingest keys and administrators only.',
    name: 'EventSource',
    values: EVENT_SOURCES,
    default: DEFAULT_SOURCE,
    optional: true,
  })
  readonly source?: EventSource;

  @Requires('entityType')
  @TextField({
    description: 'The id of what it happened to.',
    maxLength: 200,
    optional: true,
    example: 'asset-1',
  })
  readonly entityId?: string;

  @CatalogueField({
    description: 'What it happened to; required beside `entityId`.',
    name: 'EntityType',
    values: ENTITY_TYPES,
    optional: true,
  })
  readonly entityType?: EntityType;

  @TextField({
    description: 'One session of a visitor.',
    maxLength: 200,
    optional: true,
    example: 'visit_7a20',
  })
  readonly sessionId?: string;

  @JsonObjectField({
    description:
      'Whatever else there is to say; kept exactly. Ids in `assetId` (or `ipAssetId`), `projectId`, ' +
      '`licenseId`, `creatorId`, `brandId` and `userId` say whose numbers it belongs to. ' +
      '`revenueCents` and `feeCents` are taken from ingest keys and administrators only.',
    optional: true,
    example: { assetTitle: 'Morning in Lisbon' },
  })
  readonly props?: Readonly<Record<string, unknown>>;

  @NestedField({ description: 'What brought the visitor.', of: AttributionDto, optional: true })
  readonly attribution?: AttributionDto;

  @TextField({
    description:
      'Send the same with every retry: the event is stored once, whatever its time says, and the ' +
      'same `eventId` is answered. Without one each request is an event of its own.',
    maxLength: 200,
    optional: true,
    example: 'view-7f3c',
  })
  readonly idempotencyKey?: string;

  @TimeTextField({
    description:
      'When it happened, at most one hour ahead and 365 days back; when it was received where it is ' +
      'left out.',
    limits: { mostAhead: HOUR_MS, mostBehind: YEAR_MS },
    optional: true,
  })
  readonly occurredAt?: string;

  @NestedField({
    description:
      'Of the visitor for whom a server speaks. Read from ingest keys only: of others the server ' +
      'sees for itself who they are, and their `User-Agent`.',
    of: EventContextDto,
    optional: true,
  })
  readonly context?: EventContextDto;
}

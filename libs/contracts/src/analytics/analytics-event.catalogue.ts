/** Closed value lists of the analytics contract. Adding a value here is the whole change. */
export const EVENT_SOURCES = ['web', 'api', 'mobile', 'system', 'webhook'] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

/** What an event without a source is taken for. */
export const DEFAULT_SOURCE: EventSource = 'web';

/** Where visitors themselves are; the others are servers, and only servers may claim to be one. */
export const VISITOR_SOURCES: readonly EventSource[] = ['web', 'mobile'];

/** Fields of `props` that are money, in whole cents: figures of dashboards are made of them. */
export const MONEY_PROPS = ['revenueCents', 'feeCents'] as const;

export const ENTITY_TYPES = [
  'project',
  'asset',
  'license',
  'creator',
  'brand',
  'user',
  'royalty',
  'payout',
  'post',
  'category',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

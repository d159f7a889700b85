import type { EventRecord } from '#libs/event-log';
import { collected, envelope, nanosOf } from './commerce-delivery.js';
import type { Shop } from './commerce-shops.js';
import type { Random } from './random.js';

/** What a shop tells of somebody who refers customers to it, or contributes to it. */
export interface Told {
  /** Dotted, as the publisher names it. */
  readonly type: string;
  readonly id: string;
  readonly userId: string;
  /** In major units. */
  readonly revenue?: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** In the words of whatever the shop's back end sends with: both say the same. */
export function* tellOf(
  shop: Shop,
  { type, id, userId, revenue, data }: Told,
  at: number,
  random: Random,
): Generator<EventRecord, void> {
  const { organizationId: organization_id, wire } = shop;
  if (wire !== 'http client') {
    yield* envelope(
      { id, type, timestamp: nanosOf(at, random), organization_id, user_id: userId, data },
      wire === 'posted' ? 'http' : 'nats',
      random,
    );
  }
  if (wire === 'http client' || wire === 'both') {
    const event = {
      event: type.replace('.', '_'),
      distinct_id: userId,
      organization_id,
      ...(revenue !== undefined && { revenue }),
      properties: data,
    };
    yield collected(event, at, random);
  }
}

import type { Traits } from '#libs/platform';
import { millisOf } from '../time.keyword.js';
import type { CollectorEventDto } from './collector-event.dto.js';
import { COMMERCE_EVENT_TYPES, commerceTypeOf } from './commerce-event.catalogue.js';
import type { CommerceEventDto } from './commerce-event.dto.js';

const KNOWN: ReadonlySet<string> = new Set(COMMERCE_EVENT_TYPES);

/** Senders choose the names, if any; a metric has labels from a closed list. */
const labelOf = (name: string | undefined): string => {
  const type = commerceTypeOf(name ?? '');
  return KNOWN.has(type) ? type : '_OTHER';
};

export const commerceEventTraits = ({ id, type, timestamp }: CommerceEventDto): Traits => {
  const name = labelOf(type);
  const time = millisOf(timestamp);
  return id ? { id, name, time } : { name, time };
};

export const collectorEventTraits = (event: CollectorEventDto): Traits => ({
  ...(event.event_id && { id: event.event_id }),
  name: labelOf(event.event),
  ...(event.timestamp !== undefined && { time: millisOf(event.timestamp) }),
});

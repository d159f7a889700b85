import type {
  AnalyticsEvent,
  CheckoutEvent,
  CollectorEvent,
  TrackingEvent,
} from '../contract/types.js';
import type { SendOptions } from './options.js';

type Optional<Event, Name extends keyof Event> = Omit<Event, Name> & {
  readonly [Key in Name]?: Event[Key] | undefined;
};

/** A checkout event; its id and its time are made at the call where they are left out. */
export type CheckoutEventInput = Optional<CheckoutEvent, 'eventId' | 'timestamp'>;

type Timeless<Event> = Event extends TrackingEvent ? Optional<Event, 'timestamp'> : never;

/** A tracking event; its id and its time are made at the call where they are left out. */
export type TrackingEventInput = Timeless<TrackingEvent>;

/** An analytics event; its idempotency key and its time are made at the call where left out. */
export type TrackEventInput = Omit<AnalyticsEvent, 'context'>;

/** What became of an analytics event. */
export interface TrackResult {
  /** Queued; with `until: 'kept'`, stored. */
  readonly tracked: boolean;
  /** As Footfall knows it: only with `until: 'kept'`, since Footfall makes it. */
  readonly eventId: string | null;
  /** Why it was not tracked. */
  readonly error?: Error;
}

/** A commerce event of any name, with whatever fields. */
export type RawEvent = CollectorEvent | (CollectorEvent & Readonly<Record<string, unknown>>);

export interface CommerceOptions extends SendOptions {
  /**
   * Tells this event from all others: a new one where it is left out. The same one again is the same
   * event, stored once: give the id of a job that may run twice.
   */
  readonly eventId?: string | undefined;
  /** When it happened: now, where it is left out. */
  readonly timestamp?: Date | undefined;
}

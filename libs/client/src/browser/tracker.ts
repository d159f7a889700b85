import type {
  AnalyticsEvent,
  CockpitBuyEvent,
  CockpitCreatedEvent,
  CockpitCreateEvent,
  EntityType,
  PageViewEvent,
} from '../contract/types.js';
import { uuidV7 } from '../uuid-v7.js';
import { currentAttribution, cut } from './attribution.js';
import { watchPageViews } from './page-views.js';
import { asksForPrivacy } from './privacy.js';
import { currentSession } from './session.js';
import { type DoorOptions, doorTo, isPage, quietly } from './tracker-door.js';

export interface TrackerOptions extends DoorOptions {
  /** The signed-in user. */
  readonly userId?: string | undefined;
  /**
   * The user's JWT, sent with analytics events; a function is asked at each request, so that it can
   * answer a fresh one, or none.
   */
  readonly token?: string | (() => string | undefined) | undefined;
  /** Made and kept for the tab where it is left out. */
  readonly sessionId?: string | undefined;
  /**
   * Records a page view now and at each change of address in a single-page app, and when the page
   * comes back from the back/forward cache; `hash`: also where only what follows `#` changes.
   */
  readonly pageViews?: boolean | 'hash' | undefined;
  /** Where it happens; `web` where it is left out. */
  readonly source?: 'web' | 'mobile' | undefined;
}

type CockpitEvent = CockpitCreateEvent | CockpitCreatedEvent | CockpitBuyEvent;

export type CockpitEventType = CockpitEvent['eventType'];

/** What the tracker fills in itself. */
type Filled = keyof PageViewEvent;

type Told<Event> = {
  readonly [
    Field in keyof Event as Field extends Filled
      ? never
      : Field extends 'cockpitSessinoId'
        ? 'cockpitSessionId'
        : Field
  ]: Event[Field];
};

type ToldOf<Type, Event extends CockpitEvent = CockpitEvent> = Event extends CockpitEvent
  ? Type extends Event['eventType']
    ? Told<Event>
    : never
  : never;

/** What a page tells of one event of a cockpit. */
export type CockpitDetails<Type extends CockpitEventType> = ToldOf<Type>;

/** What a page tells of one analytics event. */
export type EventDetails = Pick<AnalyticsEvent, 'props' | 'attribution'> &
  (
    | { readonly entityType: EntityType; readonly entityId: string }
    | { readonly entityType?: EntityType | undefined; readonly entityId?: undefined }
  );

/** What may change while a tracker lives. */
export type TrackerChanges = Partial<Pick<TrackerOptions, 'userId' | 'enabled'>>;

/** Its functions may be taken apart: none needs `this`. None throws, whatever it is given. */
export interface Tracker {
  /** Records that this page was viewed. */
  readonly pageView: () => void;
  /** Records what happened in a cockpit. */
  readonly cockpit: <Type extends CockpitEventType>(
    eventType: Type,
    details: CockpitDetails<Type>,
  ) => void;
  /**
   * Records an analytics event, of `EVENT_TYPES` or any other type, with what brought the visitor.
   * Does nothing where the browser asks for privacy (Do Not Track, Global Privacy Control).
   */
  readonly event: (eventType: AnalyticsEvent['eventType'], details?: EventDetails) => void;
  /** Changes what later events say; `undefined` takes it away. */
  readonly set: (changes: TrackerChanges) => void;
  /** The session that events name, for a back end's own events; undefined while not enabled. */
  readonly sessionId: string | undefined;
  /** Tries at once what waits. */
  readonly flush: () => Promise<void>;
  /** Sends what waits and ends: later events are dropped, page views are no longer watched. */
  readonly close: () => void;
}

const URL_MOST = 8192;
const PATH_MOST = 2048;

/** Dropped last where there is no room. */
const PRECIOUS = /^COCKPIT_BUY_P/;

/** Records page views, cockpits and analytics. Safe to create where there is no page. */
export const createTracker = (options: TrackerOptions): Tracker => {
  const state = { ...options };
  const { endpoint, pageViews, token } = options;
  const tracking = doorTo('/events/tracking', options);
  const analytics = doorTo('/events/analytics', options, () => {
    let headers: { readonly authorization: string } | undefined;
    quietly(() => {
      const current = typeof token === 'function' ? token() : token;
      if (current) headers = { authorization: `Bearer ${current}` };
    });
    return headers;
  });
  let unwatch: (() => void) | undefined;

  const isOn = (): boolean => state.enabled !== false && isPage();
  const session = (): string => options.sessionId || currentSession();

  const record = (eventType: string, details: object): void => {
    if (!isOn()) return;
    const make = (): object => {
      const sessionId = session();
      const { cockpitSessionId, ...rest } = (details ?? {}) as {
        readonly cockpitSessionId?: string;
      };
      return {
        cockpitSessinoId: cockpitSessionId,
        ...rest,
        eventId: uuidV7(),
        eventType,
        sessionId,
        trackId: state.userId || sessionId,
        userId: state.userId || undefined,
        url: cut(location.href, URL_MOST),
        path: cut(location.pathname, PATH_MOST),
        timestamp: Date.now(),
      };
    };
    tracking.send(eventType, make, PRECIOUS);
  };

  const pageView = (): void => record('PAGEVIEW', {});

  const set = (changes: TrackerChanges): void =>
    quietly(() => {
      Object.assign(state, changes);
      if (!isOn()) {
        unwatch?.();
        unwatch = undefined;
        return;
      }
      tracking.open();
      analytics.open();
      // Before a single-page app turns the page.
      if (!asksForPrivacy()) currentAttribution();
      if (pageViews) unwatch ??= watchPageViews(endpoint, pageView, pageViews === 'hash');
    });
  set({});

  return {
    pageView,
    cockpit: record,
    event(eventType, details = {}) {
      if (!isOn() || asksForPrivacy()) return;
      const make = (): AnalyticsEvent => ({
        attribution: currentAttribution(),
        source: options.source,
        ...details,
        eventType,
        sessionId: session(),
        idempotencyKey: uuidV7(),
        occurredAt: new Date().toISOString(),
      });
      analytics.send(eventType, make);
    },
    set,
    get sessionId() {
      return isOn() ? session() : undefined;
    },
    flush: async () => {
      await Promise.all([tracking.flush(), analytics.flush()]);
    },
    close() {
      unwatch?.();
      tracking.close();
      analytics.close();
    },
  };
};

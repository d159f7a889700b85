import { CHECKOUT_EVENT_DESCRIPTIONS } from '../contract/event-descriptions.js';
import type {
  CheckoutEvent,
  CheckoutEventName,
  CheckoutMode,
  CheckoutType,
} from '../contract/types.js';
import { uuidV7 } from '../uuid-v7.js';
import {
  checkoutModeOf,
  executionEnvironmentOf,
  type PlatformDomains,
  rootDomainOf,
} from './hosts.js';
import { currentSession } from './session.js';
import { type DoorOptions, doorTo, isPage, quietly } from './tracker-door.js';

export interface CheckoutTrackerOptions extends DoorOptions {
  /** The offer on sale. */
  readonly offerId: string;
  readonly checkoutType?: CheckoutType | undefined;
  /** Told by the page's domain where it is left out. */
  readonly checkoutMode?: CheckoutMode | undefined;
  /** The domains that tell `checkoutMode`. */
  readonly platformDomains?: PlatformDomains | undefined;
  /** The last two labels of the hostname where it is left out: say it below `com.br` and the like. */
  readonly rootDomain?: string | ((hostname: string) => string) | undefined;
  /** One visit of the checkout. Made and kept for the tab where it is left out. */
  readonly sessionId?: string | undefined;
  /** The buyer's e-mail, for all events that name no other. */
  readonly email?: string | undefined;
  /** The buyer's telephone number, for all events that name no other. */
  readonly phone?: string | undefined;
}

type Detail = 'step' | 'email' | 'phone' | 'paymentMethod';
type Told = Pick<CheckoutEvent, Detail>;

/** What an event is about: it says nothing without. */
type NeededBy<Name extends CheckoutEventName> = Name extends `checkout_step_${string}`
  ? 'step'
  : Name extends
        | 'checkout_payment_method_selected'
        | 'checkout_submit_clicked'
        | 'checkout_payment_success'
        | 'checkout_payment_error'
        | 'checkout_conversion_success'
    ? 'paymentMethod'
    : never;

type Needed<Field extends Detail> = {
  readonly [Each in Field]: NonNullable<CheckoutEvent[Each]>;
};

/** What a page tells of one event. Of `checkout_step_advanced`, `step` is the new one. */
export type CheckoutDetails<Name extends CheckoutEventName> = Told & Needed<NeededBy<Name>>;

/** What may change while a tracker lives. */
export type CheckoutChanges = Partial<
  Pick<CheckoutTrackerOptions, 'offerId' | 'checkoutType' | 'email' | 'phone' | 'enabled'>
>;

/** Its functions may be taken apart: none needs `this`. None throws, whatever it is given. */
export interface CheckoutTracker {
  /** Records that something happened now. Sent when the page has time; nothing waits for it. */
  readonly track: <Name extends CheckoutEventName>(
    name: Name,
    ...details: [NeededBy<Name>] extends [never]
      ? [details?: CheckoutDetails<Name>]
      : [details: CheckoutDetails<Name>]
  ) => void;
  /** Changes what later events say; `undefined` takes it away. */
  readonly set: (changes: CheckoutChanges) => void;
  /** The session that events name, for a back end's own events; undefined while not enabled. */
  readonly sessionId: string | undefined;
  /** Tries at once what waits. */
  readonly flush: () => Promise<void>;
  /** Sends what waits and ends: later events are dropped. */
  readonly close: () => void;
}

const DETAILS = ['step', 'email', 'phone', 'paymentMethod'] as const;

/** Dropped last where there is no room. */
const PRECIOUS = /^checkout_(conversion_success|payment_(success|error))$/;

/** Records the events of a checkout. Safe to create where there is no page: nothing is sent then. */
export const createCheckoutTracker = (options: CheckoutTrackerOptions): CheckoutTracker => {
  const state: CheckoutTrackerOptions & Told = { ...options };
  const door = doorTo('/events/checkout', options);

  const isOn = (): boolean => state.enabled !== false && isPage();
  const session = (): string => options.sessionId || currentSession();

  const where = () => {
    // A page that was opened from a file has no host.
    const fullHostname = location.hostname || 'localhost';
    const { platformDomains, rootDomain = rootDomainOf } = options;
    return {
      checkoutMode: options.checkoutMode || checkoutModeOf(fullHostname, platformDomains),
      executionEnvironment: executionEnvironmentOf(fullHostname),
      fullHostname,
      rootDomain: typeof rootDomain === 'string' ? rootDomain : rootDomain(fullHostname),
    };
  };

  /**
   * An empty text is a form that is not filled in yet: left out, as `""` would be a breach. Pages in
   * plain JavaScript give null and further fields, too.
   */
  const about = (details: Told | null): Told => {
    const said: Record<string, string> = {};
    for (const field of DETAILS) {
      const value = details?.[field] || state[field];
      if (value) said[field] = value;
    }
    return said;
  };

  const set = (changes: CheckoutChanges): void =>
    quietly(() => {
      Object.assign(state, changes);
      if (isOn()) door.open();
    });
  set({});

  return {
    track(name, details: Told | null = null) {
      if (!isOn()) return;
      const make = (): CheckoutEvent => ({
        eventId: uuidV7(),
        eventName: name,
        eventDescription: CHECKOUT_EVENT_DESCRIPTIONS[name],
        sessionId: session(),
        offerId: state.offerId,
        checkoutType: state.checkoutType,
        ...where(),
        ...about(details),
        timestamp: Date.now(),
      });
      door.send(name, make, PRECIOUS);
    },
    set,
    get sessionId() {
      return isOn() ? session() : undefined;
    },
    flush: door.flush,
    close: door.close,
  };
};

// What pages do with trackers beside calling them.
import {
  type CheckoutDetails,
  type CheckoutEventName,
  type CockpitDetails,
  createCheckoutTracker,
  createTracker,
  type DropReason,
  type EventDetails,
} from '@footfall/client/browser';

const endpoint = 'https://footfall.example.com';

// Functions may be taken apart, and be given on as they are.
const { track, set, flush, close } = createCheckoutTracker({
  endpoint,
  offerId: 'offer-1',
  platformDomains: { embedded: 'pay.example.com' },
  rootDomain: (hostname) => hostname.split('.').slice(-3).join('.'),
  onDropped: (_event: object, _reason: DropReason) => undefined,
});
track('checkout_payment_method_selected', { step: 'payment', paymentMethod: 'boleto' });
set({ offerId: 'offer-2', checkoutType: '3steps', phone: undefined });
export const flushed: Promise<void> = flush();
close();

/** A page's own function around it. */
export const trackPayment = (
  name: 'checkout_payment_success' | 'checkout_payment_error',
  details: CheckoutDetails<'checkout_payment_success'>,
): void => track(name, details);

// @ts-expect-error a name that is not known yet may need details
export const trackAny = (name: CheckoutEventName): void => track(name);
// @ts-expect-error it is said in its time only
set({ paymentMethod: 'pix' });
// @ts-expect-error an offer cannot be taken away
set({ offerId: undefined });

const tracker = createTracker({ endpoint, pageViews: 'hash', token: () => undefined });
set({ enabled: tracker.sessionId !== undefined });
tracker.set({ userId: undefined });

const made: CockpitDetails<'COCKPIT_CREATE_SUCCESS'> = {
  flow: 'PROJECT',
  step: 'done',
  cockpitSessionId: 'cockpit-1',
  productSlug: 'tea',
};
tracker.cockpit('COCKPIT_CREATE_SUCCESS', made);
tracker.cockpit('COCKPIT_CREATE_DOWNLOAD', made);
const seen: EventDetails = { props: { seconds: 3 }, attribution: { utmSource: 'newsletter' } };
tracker.event('post_viewed', seen);

// @ts-expect-error the seller's cockpit has a session
tracker.cockpit('COCKPIT_CREATE_LAUNCH', { flow: 'FILE', step: 'start' });
// @ts-expect-error the tracker says who it is
tracker.cockpit('COCKPIT_CREATE_SUCCESS', { ...made, userId: 'user-1' });
// @ts-expect-error who speaks for a server is on a server
createTracker({ endpoint, source: 'api' });
// @ts-expect-error changes go through set
tracker.sessionId = 'mine';

// What pages may call, and what not. Compiled against the built package by `npm run
// client:typecheck`, without the types of Node.js.
import {
  createCheckoutTracker,
  createTracker,
  durableQueue,
  EVENT_TYPES,
} from '@footfall/client/browser';

const endpoint = 'https://footfall.example.com';
const checkout = createCheckoutTracker({ endpoint, offerId: 'offer-1', queue: durableQueue() });
const tracker = createTracker({ endpoint, userId: undefined, pageViews: true });

checkout.track('checkout_page_view');
checkout.track('checkout_identification_filled', { email: 'buyer@example.com' });
checkout.track('checkout_step_advanced', { step: 'address' });
checkout.track('checkout_conversion_success', { paymentMethod: 'pix' });
checkout.set({ email: undefined });

// @ts-expect-error no such event
checkout.track('checkout_page_viewed');
// @ts-expect-error a step event says which step
checkout.track('checkout_step_viewed');
// @ts-expect-error no such step
checkout.track('checkout_step_viewed', { step: 'shipping' });
// @ts-expect-error a conversion means another thing for each payment method
checkout.track('checkout_conversion_success');
// @ts-expect-error no such payment method
checkout.track('checkout_conversion_success', { paymentMethod: 'cash' });
// @ts-expect-error the tracker makes it, once
checkout.track('checkout_page_view', { eventId: 'event-1' });
// @ts-expect-error the server resolves it
checkout.track('checkout_page_view', { productId: 'product-1' });
// @ts-expect-error an offer is required
createCheckoutTracker({ endpoint });

tracker.pageView();
tracker.event(EVENT_TYPES.ASSET_VIEWED, { entityType: 'asset', entityId: 'asset-1' });
tracker.event('wallpaper_hung', { props: { room: 3 } });
tracker.cockpit('COCKPIT_BUY_PURCHASE', { flow: 'FILE', step: 'payment', productSlug: 'tea' });

// @ts-expect-error an id is one of something
tracker.event(EVENT_TYPES.ASSET_VIEWED, { entityId: 'asset-1' });
// @ts-expect-error a purchase names its product
tracker.cockpit('COCKPIT_BUY_PURCHASE', { flow: 'FILE', step: 'payment' });
// @ts-expect-error a page view is no event of a cockpit
tracker.cockpit('PAGEVIEW', { flow: 'FILE', step: 'payment' });
// @ts-expect-error no such flow
tracker.cockpit('COCKPIT_CREATE_STEP', { flow: 'BOX', step: '1', cockpitSessionId: 'c' });

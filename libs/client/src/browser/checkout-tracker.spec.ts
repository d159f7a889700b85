import { describe, expect, it } from '@jest/globals';
import { CHECKOUT_EVENT_DESCRIPTIONS } from '../contract/event-descriptions.js';
import { createCheckoutTracker } from './checkout-tracker.js';
import { createTracker } from './tracker.js';

describe('the descriptions of checkout events', () => {
  it('are 26 texts, each of its own', () => {
    const texts = Object.values(CHECKOUT_EVENT_DESCRIPTIONS);

    expect(texts).toHaveLength(26);
    expect(new Set(texts).size).toBe(26);
  });
});

describe('where there is no page, as on a server that renders one,', () => {
  it('a checkout tracker does nothing', async () => {
    const dropped: object[] = [];
    const tracker = createCheckoutTracker({
      endpoint: 'https://footfall.example.com',
      offerId: 'offer-1',
      onDropped: (event) => dropped.push(event),
    });

    tracker.track('checkout_page_view');
    tracker.set({ email: 'buyer@example.com' });
    await tracker.flush();
    tracker.close();

    // A session there would be shared by all visitors.
    expect(tracker.sessionId).toBeUndefined();
    expect(dropped).toEqual([]);
  });

  it('a tracker does nothing', async () => {
    const tracker = createTracker({ endpoint: 'https://footfall.example.com', pageViews: true });

    tracker.pageView();
    tracker.event('asset_viewed');
    await tracker.flush();
    tracker.close();

    expect(tracker.sessionId).toBeUndefined();
  });
});

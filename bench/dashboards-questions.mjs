import { SHOPS } from './dashboards-fill.mjs';

/**
 * What people ask, with 30 days behind them: about everybody, then about one offer, asset or
 * organization after the other. `mostMs` is what p95 may be; `figure` a count that one more checkout
 * session makes greater.
 */
export function questionsOf(days) {
  const range = `from=${days[0]}&to=${days.at(-1)}`;
  const today = new Date(Date.parse(days.at(-1)) + 86_400_000).toISOString().slice(0, 10);
  const about = (name, path, mostMs = 10) => ({ name, mostMs, path });
  const checkout = (name) => `/dashboards/checkout/${name}?${range}`;
  const commerce = (name) => `/dashboards/commerce/${name}?${range}`;
  return [
    {
      ...about('checkout funnel of today', () => `/dashboards/checkout/funnel?from=${today}`),
      figure: ({ total }) => total.sessions,
    },
    about('checkout summary', () => checkout('summary')),
    about('checkout funnel', () => checkout('funnel'), 20),
    about('checkout funnel, in order', () => `${checkout('funnel')}&order=strict`, 20),
    about('checkout funnel, compared', () => `${checkout('funnel')}&compare=previous_period`, 20),
    about('checkout funnel by offer', () => `${checkout('funnel')}&groupBy=offerId`, 20),
    about(
      'checkout funnel of an offer',
      (n) => `${checkout('funnel')}&offerId=offer-${n % SHOPS.offers}`,
      20,
    ),
    about('checkout timeline', () => checkout('timeline')),
    about(
      'checkout timeline of 7 days by hour',
      () => `/dashboards/checkout/timeline?from=${days.at(-7)}&to=${days.at(-1)}&by=hour`,
    ),
    about('checkout steps', () => checkout('steps')),
    about('checkout payment methods', () => checkout('payment-methods')),
    about('checkout errors', () => checkout('errors')),
    about('abandoned checkouts', () => checkout('abandoned')),
    about(
      'asset metrics',
      (n) => `/metrics/assets/asset-${n % SHOPS.assets}?start=${days[0]}&end=${days.at(-1)}`,
    ),
    about(
      'creator dashboard',
      (n) => `/dashboards/creators/creator-${n % SHOPS.creators}?period=30d`,
    ),
    about('platform dashboard', () => '/dashboards/platform?period=30d'),
    about('cockpit creation flow', () => `/dashboards/cockpit/creation-flow?${range}`),
    about('cockpit purchase flow', () => `/dashboards/cockpit/purchase-flow?${range}`),
    about('cockpit steps', () => `/dashboards/cockpit/steps?${range}`),
    about('page views', () => `/dashboards/tracking/page-views?${range}`),
    about('commerce revenue', () => commerce('revenue')),
    about(
      'commerce revenue of an organization',
      (n) => `${commerce('revenue')}&organizationId=organization-${n % SHOPS.organizations}`,
    ),
    about('commerce events', () => commerce('events')),
    about('commerce orders', () => commerce('orders')),
    about('commerce organizations', () => commerce('organizations')),
    about('commerce referrals', () => commerce('referrals')),
    about('commerce payouts', () => commerce('payouts')),
  ];
}

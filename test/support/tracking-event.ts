import type { CockpitBuyEventDto, CockpitCreateEventDto, PageViewEventDto } from '#libs/contracts';

let sequence = 0;

const visit = () => ({
  eventId: `tracking-${++sequence}`,
  sessionId: 'session-1',
  trackId: 'session-1',
  url: 'https://shop.example.com/products/green-tea?utm_source=news',
  path: '/products/green-tea',
  timestamp: '2023-11-14T22:13:20.000Z',
});

/** Valid events; a test overrides only what it is about. */
export const aPageView = (overrides: Partial<PageViewEventDto> = {}): PageViewEventDto => ({
  ...visit(),
  eventType: 'PAGEVIEW',
  ...overrides,
});

export const aCreateEvent = (
  overrides: Partial<CockpitCreateEventDto> = {},
): CockpitCreateEventDto => ({
  ...visit(),
  eventType: 'COCKPIT_CREATE_STEP',
  flow: 'FILE',
  step: 'details',
  cockpitSessinoId: 'cockpit-1',
  ...overrides,
});

export const aBuyEvent = (overrides: Partial<CockpitBuyEventDto> = {}): CockpitBuyEventDto => ({
  ...visit(),
  eventType: 'COCKPIT_BUY_STEP',
  flow: 'PROJECT',
  step: 'payment',
  productSlug: 'green-tea',
  ...overrides,
});

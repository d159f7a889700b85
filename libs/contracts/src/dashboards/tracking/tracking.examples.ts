import type { FlowType } from '../../tracking/tracking-event.catalogue.js';
import type { CockpitFigures, CockpitFlow } from './cockpit-flow.dto.js';
import { type Cockpit, COCKPIT_GOALS, COCKPIT_STAGES } from './cockpit-flows.catalogue.js';
import type { CockpitSteps } from './cockpit-steps.dto.js';
import type { PageViews } from './page-views.dto.js';

const ABOUT = {
  range: { from: '2026-01-01', to: '2026-01-03', timeZone: 'UTC', isLastDayIncomplete: false },
  asOf: '2026-02-03T09:15:00.120Z',
  newestReceivedAt: '2026-01-03T23:59:58.004Z',
} as const;

const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;

/** Sessions of which all that came to a stage did so in order. */
function figures(cockpit: Cockpit, reached: readonly number[]): CockpitFigures {
  const [first = 0] = reached;
  const stages = COCKPIT_STAGES[cockpit].map(({ stage }, index) => {
    const sessions = reached[index] ?? 0;
    const before = reached[index - 1] ?? sessions;
    const dropOff = before - sessions;
    return {
      stage,
      sessions,
      sessionsInOrder: sessions,
      dropOff,
      dropOffRate: percent(dropOff, before),
      conversionRate: percent(sessions, first),
    };
  });
  const goal = stages.find(({ stage }) => stage === COCKPIT_GOALS[cockpit]);
  const conversions = goal?.sessions ?? 0;
  return { sessions: first, conversions, conversionRate: percent(conversions, first), stages };
}

interface Story {
  readonly cockpit: Cockpit;
  readonly flows: Readonly<Record<FlowType, readonly number[]>>;
  /** Sessions and conversions of each day. */
  readonly days: readonly (readonly [number, number])[];
  readonly products: Readonly<Record<string, readonly number[]>>;
}

function answerOf({ cockpit, flows, days, products }: Story): CockpitFlow {
  const byFlow = Object.entries(flows) as [FlowType, readonly number[]][];
  const all = [0, 1, 2, 3, 4].map((place) =>
    byFlow.reduce((sum, [, reached]) => sum + (reached[place] ?? 0), 0),
  );
  const total = figures(cockpit, all);
  const named = Object.values(products).reduce((sum, [sessions = 0]) => sum + sessions, 0);
  return {
    ...ABOUT,
    filters: { flow: null, productSlug: null },
    total,
    flows: byFlow.map(([flow, reached]) => ({ flow, ...figures(cockpit, reached) })),
    days: days.map(([sessions, conversions], index) => ({
      day: `2026-01-0${index + 1}`,
      sessions,
      conversions,
    })),
    products: Object.entries(products).map(([productSlug, reached]) => ({
      productSlug,
      ...figures(cockpit, reached),
    })),
    productsInAll: Object.keys(products).length,
    sessionsWithoutProduct: total.sessions - named,
  };
}

/** Answers that Swagger shows: their figures fit together. */
export const CREATION_FLOW_EXAMPLE: CockpitFlow = answerOf({
  cockpit: 'creation',
  flows: { FILE: [80, 60, 30, 12, 6], EVENT: [15, 12, 6, 3, 0], PROJECT: [5, 3, 0, 0, 0] },
  days: [
    [40, 15],
    [35, 12],
    [25, 9],
  ],
  products: { 'green-tea': [21, 21, 21, 9, 4], 'tea-fair': [15, 15, 15, 6, 2] },
});

export const PURCHASE_FLOW_EXAMPLE: CockpitFlow = answerOf({
  cockpit: 'purchase',
  flows: { FILE: [400, 310, 120, 90, 70], EVENT: [90, 60, 30, 24, 0], PROJECT: [10, 6, 2, 1, 0] },
  days: [
    [210, 50],
    [170, 40],
    [120, 25],
  ],
  products: { 'green-tea': [410, 316, 122, 91, 70], 'tea-fair': [90, 60, 30, 24, 0] },
});

export const COCKPIT_STEPS_EXAMPLE: CockpitSteps = {
  ...ABOUT,
  filters: { cockpit: null, flow: null },
  views: 640,
  steps: [
    { cockpit: 'purchase', flow: 'FILE', step: 'payment', views: 340 },
    { cockpit: 'creation', flow: 'FILE', step: 'details', views: 180 },
    { cockpit: 'creation', flow: 'EVENT', step: 'dates', views: 110 },
  ],
  otherViews: 10,
};

export const PAGE_VIEWS_EXAMPLE: PageViews = {
  ...ABOUT,
  filters: { pathPrefix: '/products/' },
  total: { views: 5200, visitors: 1400, sessions: 2100 },
  days: [
    { day: '2026-01-01', views: 2000, visitors: 700, sessions: 820 },
    { day: '2026-01-02', views: 1800, visitors: 600, sessions: 740 },
    { day: '2026-01-03', views: 1400, visitors: 450, sessions: 560 },
  ],
  matching: { paths: 3, views: 2150 },
  paths: [
    { path: '/products/green-tea', views: 1500, visitors: 520, sessions: 800 },
    { path: '/products/tea-fair', views: 600, visitors: 210, sessions: 300 },
    { path: '/products/cups', views: 50, visitors: 31, sessions: 36 },
  ],
};

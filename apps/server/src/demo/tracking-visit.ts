import { FLOW_TYPES, type FlowType, type TrackingEvent } from '#libs/contracts';
import { DEMO_OFFERS } from './catalogue.js';
import type { Random } from './random.js';
import { type Cockpit, type TrackingVisit, TrackingWalk } from './tracking-walk.js';

const CAMPAIGNS = ['?utm_source=newsletter', '?utm_source=instagram&utm_medium=social', '?ref=42'];
const OTHER_PAGES = ['/', '/products', '/about', '/account', '/blog/what-is-new'];

/** What is asked between the launch of a cockpit and its end. */
const CREATE_STEPS: Readonly<Record<FlowType, readonly string[]>> = {
  FILE: ['details', 'files', 'price'],
  EVENT: ['details', 'schedule', 'seats', 'price'],
  PROJECT: ['details', 'scope', 'price'],
};
const BUY_STEPS: Readonly<Record<FlowType, readonly string[]>> = {
  FILE: ['contact'],
  EVENT: ['tickets', 'contact'],
  PROJECT: ['brief', 'contact'],
};
const FLOW_SHARES: Readonly<Record<FlowType, number>> = { FILE: 62, EVENT: 24, PROJECT: 14 };
/** What is bought by it can be downloaded. */
const DOWNLOADS: Readonly<Record<FlowType, number>> = { FILE: 0.78, EVENT: 0.3, PROJECT: 0.12 };

/** Everything that happens on a visit, in order, until the visitor leaves. */
export function trackingVisit(visit: TrackingVisit, random: Random): TrackingEvent[] {
  const walk = new TrackingWalk(visit, random);
  walk.views(
    random.pick(['/', '/products', productPage(random)]),
    walk.does(0.3) ? random.pick(CAMPAIGNS) : '',
  );
  if (walk.does(0.38)) return walk.events; // looked at one page, and left
  while (walk.does(0.45)) walk.views(random.pick(OTHER_PAGES));
  if (visit.userId !== null && walk.does(0.14)) creates(walk);
  else if (walk.does(0.5)) buys(walk);
  return walk.events;
}

const productPage = (random: Random): string =>
  `/products/${random.pickWeighted(DEMO_OFFERS, ({ weight }) => weight).productId}`;

const someFlow = (random: Random): FlowType =>
  random.pickWeighted(FLOW_TYPES, (flow) => FLOW_SHARES[flow]);

function creates(walk: TrackingWalk): void {
  const { random } = walk;
  const flow = someFlow(random);
  const cockpit: Cockpit = { flow, cockpitSessinoId: `cockpit-${random.hex(10)}` };
  walk.views('/sell');
  walk.reaches('COCKPIT_CREATE_LAUNCH', 'launch', cockpit);
  for (const step of CREATE_STEPS[flow]) {
    if (!walk.does(0.86)) return;
    walk.reaches('COCKPIT_CREATE_STEP', step, cockpit);
  }
  if (!walk.does(0.8)) return;
  const made = { ...cockpit, productSlug: `${flow.toLowerCase()}-${random.hex(6)}` };
  walk.reaches('COCKPIT_CREATE_SUCCESS', 'done', made);
  if (!walk.does(0.6)) return;
  walk.reaches('COCKPIT_CREATE_ENRICH_INFORMATION', 'enrich', cockpit);
  if (walk.does(0.6)) walk.reaches('COCKPIT_CREATE_DOWNLOAD', 'done', made);
}

function buys(walk: TrackingWalk): void {
  const { random } = walk;
  const flow = someFlow(random);
  const page = productPage(random);
  const cockpit: Cockpit = {
    flow,
    productSlug: page.slice('/products/'.length),
    // The older front end sends none for a buyer.
    ...(walk.visit.isNewer && { cockpitSessinoId: `cockpit-${random.hex(10)}` }),
  };
  walk.views(page);
  if (!walk.does(0.55)) return;
  walk.reaches('COCKPIT_BUY_LAUNCH', 'launch', cockpit);
  for (const step of BUY_STEPS[flow]) {
    if (!walk.does(0.76)) return;
    walk.reaches('COCKPIT_BUY_STEP', step, cockpit);
  }
  if (!walk.does(0.7)) return;
  walk.reaches('COCKPIT_BUY_PAYMENT', 'payment', cockpit);
  if (!walk.does(0.72)) return;
  walk.reaches('COCKPIT_BUY_PURCHASE', 'payment', cockpit);
  if (walk.does(DOWNLOADS[flow])) walk.reaches('COCKPIT_BUY_DOWNLOAD', 'done', cockpit);
}

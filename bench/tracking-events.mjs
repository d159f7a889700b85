import { idOf, nextNumber, receiptRow, sessionOf } from './ids.mjs';

const PAGES = ['/', '/products', '/products/green-tea', '/checkout'];
const COCKPIT = { flow: 'FILE', productSlug: 'green-tea', cockpitSessinoId: 'cockpit-7f3c52aa' };

/** What differs in the events of one visit; ids and times come from a counter. */
const SHAPES = [
  { eventType: 'PAGEVIEW' },
  { eventType: 'PAGEVIEW' },
  { eventType: 'COCKPIT_BUY_LAUNCH', step: 'launch', ...COCKPIT },
  { eventType: 'COCKPIT_BUY_PAYMENT', step: 'payment', ...COCKPIT },
].map((shape, i) => ({
  ...shape,
  url: `https://shop.some-merchant.example.com${PAGES[i]}?utm_source=newsletter&utm_medium=email`,
  path: PAGES[i],
}));

const SHAPE_TEXTS = SHAPES.map((shape) => JSON.stringify(shape).slice(1));

/** Front ends of two kinds: one sends an id, the other's events are told by their content. */
const hasId = (n) => n % 8 < 4;

function visitOf(n) {
  const visitor = `user-${Math.trunc(n / SHAPES.length) % 5000}`;
  return { sessionId: sessionOf('visit', n, SHAPES.length), trackId: visitor, userId: visitor };
}

/** The JSON text of a new event, put together by hand: the generator shares the cores. */
export function nextTrackingText() {
  const n = nextNumber();
  const { sessionId, trackId } = visitOf(n);
  const id = hasId(n) ? `"eventId":"${idOf(n)}",` : '';
  return `{${id}"sessionId":"${sessionId}","trackId":"${trackId}","userId":"${trackId}","timestamp":"${new Date().toISOString()}",${SHAPE_TEXTS[n % SHAPES.length]}`;
}

/** A new event as the row that Footfall would store for it. */
export function nextTrackingRow() {
  const n = nextNumber();
  const now = new Date().toISOString();
  return {
    event_id: hasId(n) ? idOf(n) : `sha256:${idOf(n).replaceAll('-', '').repeat(2)}`,
    ...visitOf(n),
    ...SHAPES[n % SHAPES.length],
    event_timestamp: now,
    ...receiptRow(now),
  };
}

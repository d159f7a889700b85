import type { CollectorEventDto, CommerceEventDto } from '#libs/contracts';
import type { EventRecord, Refusal } from '#libs/event-log';
import { type BadBody, breach, refusalOf } from './bad-body.js';
import { BACK_END, collected } from './commerce-delivery.js';
import { type DemoSource } from './demo-plan.js';
import { someTimeOn } from './traffic-shape.js';

/** Names that newer clients send, and no dashboard knows: they are taken and counted. */
const NEWER: readonly CollectorEventDto[] = [
  { event: 'subscription_renewed', properties: { plan: 'pro', amount: 29, currency: 'USD' } },
  { event: 'invoice_paid', revenue: 29, properties: { invoice_id: 'inv_7', currency: 'usd' } },
  { event: 'api_usage_debit', properties: { amount_cents: 125, currency: 'USD', calls: 2500 } },
  { event: 'spend_alert_triggered', properties: { threshold: 80 } },
];
const NEWER_A_DAY = 6;

/** What one shop's newer back end tells. */
export const commerceNewer: DemoSource = function* (day): Generator<EventRecord, void> {
  for (let i = 0; i < NEWER_A_DAY; i++) {
    const random = day.random(`newer commerce ${i}`);
    const distinct_id = `usr_${random.hex(10)}`;
    const event = { ...random.pick(NEWER), distinct_id, organization_id: 'tidy-code' };
    yield collected(event, someTimeOn(day, random), random);
  }
};

/** What integrators get wrong, each at the door of envelopes. */
const MISTAKES: readonly ((event: CommerceEventDto) => BadBody)[] = [
  (event) => breach('type', 'is required', { ...event, type: undefined }),
  (event) => breach('timestamp', 'is required', { ...event, timestamp: undefined }),
  (event) => breach('data', 'must be an object', { ...event, data: 'order 7' }),
];

/** What the door refused: a mistake every third day. */
export const commerceRefusals: DemoSource = function* (day): Generator<Refusal, void> {
  const mistake = MISTAKES[(day.index / 3) % MISTAKES.length];
  if (mistake === undefined) return;
  const random = day.random('commerce refusals');
  const at = someTimeOn(day, random);
  const event: CommerceEventDto = {
    id: `ord_${random.hex(12)}`,
    type: 'order.created',
    timestamp: new Date(at).toISOString(),
    organization_id: 'north-trail',
    data: { revenue: 59.97, currency: 'USD' },
  };
  yield refusalOf('commerce', mistake(event), { peer: BACK_END, at, random });
};

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CheckoutEventDto } from '#libs/contracts';
import { TestFootfall } from '../support/footfall.js';
import { describeWith } from '../support/needs.js';

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const directory = process.env['RECORDED_TRAFFIC_DIR'];

const recorded = (): Recorded[] =>
  readFileSync(join(directory ?? '', 'wire/checkout-http.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);

/** What must stand in the table for a request: only trim and a lower-case e-mail differ. */
const rowOf = (body: string): Record<string, unknown> => {
  const event = JSON.parse(body) as CheckoutEventDto;
  return {
    event_id: event.eventId,
    event_name: event.eventName,
    event_description: event.eventDescription ?? null,
    session_id: event.sessionId,
    offer_id: event.offerId,
    product_id: 'product-of-the-offer',
    producer_id: 'producer-of-the-offer',
    checkout_type: event.checkoutType ?? null,
    checkout_mode: event.checkoutMode ?? null,
    step: event.step ?? null,
    email: event.email?.trim().toLowerCase() ?? null,
    phone: event.phone?.trim() ?? null,
    payment_method: event.paymentMethod ?? null,
    event_timestamp: new Date(event.timestamp),
    execution_environment: event.executionEnvironment,
    full_hostname: event.fullHostname,
    root_domain: event.rootDomain,
  };
};

const suite = describeWith(directory !== undefined, 'RECORDED_TRAFFIC_DIR is not set');

suite('requests recorded from a real checkout front end', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    await footfall.offer('offer-uuid-1', 'product-of-the-offer', 'producer-of-the-offer');
  });
  afterAll(() => footfall.stop());

  const replay = ({ method, path, headers, body }: Recorded): Promise<Response> =>
    fetch(footfall.url + path, { method, headers, body });

  it('are answered 204, sent unchanged, and stored once each, whatever is sent again', async () => {
    const requests = recorded();

    const answers = await Promise.all([...requests, ...requests].map(replay));
    await footfall.written();

    expect(requests).toHaveLength(32);
    expect(answers.map(({ status }) => status)).toEqual(Array(64).fill(204));
    const rows = await footfall.query('SELECT * FROM checkout_events');
    const expected = requests.map(({ body }) => expect.objectContaining(rowOf(body)));
    expect(rows).toHaveLength(32);
    expect(rows).toEqual(expect.arrayContaining(expected));
  });

  it('are read back as they were sent', async () => {
    const event = JSON.parse(recorded()[0]?.body ?? '') as CheckoutEventDto;

    const { body } = await footfall
      .asAdmin('get', `/events/checkout?sessionId=${event.sessionId}`)
      .expect(200);

    expect(body.items).toHaveLength(8);
    expect(body.items).toContainEqual(expect.objectContaining(event));
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RetryReport } from '#libs/contracts';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { FaultyHouse, figure } from '../support/faults.js';
import type { FootfallProcess } from '../support/process.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

interface Row {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
}

describe('a process that is killed while it sends a refused event again', () => {
  let house: FaultyHouse;

  beforeEach(async () => {
    house = await FaultyHouse.build();
  });
  afterEach(() => house.clearAway());

  const rows = () => house.postgres.query<Row>('SELECT id, state, attempts FROM rejected_events');
  const storedRows = () =>
    house.postgres.query(`
      SELECT event_id, e.received_at = r.received_at AS as_it_came
      FROM checkout_events AS e JOIN rejected_events AS r USING (event_id)
    `);

  /** Its offer was missing when it came, and is there now. */
  async function refusedEvent(footfall: FootfallProcess): Promise<{ id: string; eventId: string }> {
    const event = aCheckoutEvent({ offerId: 'offer-of-tomorrow' });
    expect((await footfall.post('/events/checkout', event)).status).toBe(400);
    await until('the refusal is kept', async () => (await rows()).length === 1);
    await house.offer(footfall, 'offer-of-tomorrow');
    await until('the offer is known', async () => (await figure(footfall, 'offers_loaded')) === 2);
    await house.drained();
    return { id: (await rows())[0]!.id, eventId: event.eventId };
  }

  const retry = async (footfall: FootfallProcess, id: string): Promise<RetryReport> => {
    const answer = await footfall.asAdmin('POST', '/rejected-events/retry', { ids: [id] });
    return (await answer.json()) as RetryReport;
  };

  it('has it stored once by the next one, where it died before the writer had stored it', async () => {
    const first = await house.start();
    const { id, eventId } = await refusedEvent(first);
    const locked = house.postgres
      .query('BEGIN; LOCK TABLE checkout_events IN EXCLUSIVE MODE; SELECT pg_sleep(600)')
      .catch(() => null);
    await until('the table is locked', async () => (await lockers()).length === 1);

    const { retried } = await retry(first, id);
    await first.kill9();
    const before = await storedRows();
    await house.postgres.query('SELECT pg_terminate_backend($1)', [(await lockers())[0]?.pid]);
    await locked;
    await house.again(first);
    await house.drained();

    expect(retried).toBe(1);
    expect(before).toEqual([]);
    expect(await storedRows()).toEqual([{ event_id: eventId, as_it_came: true }]);
    expect(await rows()).toEqual([{ id, state: 'resolved', attempts: 1 }]);
  });

  it('has it stored and counted once, where it died before the log forgot it', async () => {
    const proxy = await house.proxy();
    const first = await house.start({ settings: { DATABASE_URL: proxy.url } });
    const { id, eventId } = await refusedEvent(first);

    const swallowed = proxy.swallowAt('committed');
    const { retried } = await retry(first, id);
    await swallowed;
    await first.kill9();
    const second = await house.again(first);
    await house.drained();

    expect(retried).toBe(1);
    expect(await figure(second, 'events_duplicate_total')).toBe(1);
    expect(await storedRows()).toEqual([{ event_id: eventId, as_it_came: true }]);
    expect(await rows()).toEqual([{ id, state: 'resolved', attempts: 1 }]);
  });

  const lockers = () =>
    house.postgres.query<{ pid: number }>(`
      SELECT pid FROM pg_locks
      WHERE relation = 'checkout_events'::regclass AND mode = 'ExclusiveLock' AND granted
    `);
});

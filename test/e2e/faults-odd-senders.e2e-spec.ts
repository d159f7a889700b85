import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { FaultyHouse, figure } from '../support/faults.js';
import type { FootfallProcess } from '../support/process.js';

jest.setTimeout(120_000);

const YEAR_MS = 365 * 86_400_000;
const LATEST_TIME = 4_102_444_800_000;

describe('senders that repeat themselves, or whose clocks are wrong', () => {
  let house: FaultyHouse;
  let footfall: FootfallProcess;

  beforeAll(async () => {
    house = await FaultyHouse.build();
    footfall = await house.start();
  });
  afterAll(() => house.clearAway());

  const answers = (events: readonly object[]) =>
    Promise.all(events.map(async (event) => (await send(event)).status));
  const send = (event: object) => footfall.post('/events/checkout', event);
  const rowsOf = (eventId: string) =>
    house.postgres.query<{ step: string | null }>(
      'SELECT step FROM checkout_events WHERE event_id = $1',
      [eventId],
    );

  it('leave one row of fifty that are sent at once, and are all answered alike', async () => {
    const before = await figure(footfall, 'events_duplicate_total');
    const event = aCheckoutEvent();

    const statuses = await answers(Array.from({ length: 50 }, () => event));
    await house.drained();

    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(await rowsOf(event.eventId)).toHaveLength(1);
    expect((await figure(footfall, 'events_duplicate_total')) - before).toBe(49);
    expect(await figure(footfall, 'events_conflict_total')).toBe(0);
  });

  it('keep what they said first, and what contradicts it is kept aside', async () => {
    const first = aCheckoutEvent({ step: 'address' });
    const other = { ...first, step: 'payment' };

    const statuses = [(await send(first)).status];
    await house.drained();
    statuses.push(...(await answers([other, first])));
    await house.drained();

    const aside = await house.postgres.query(
      'SELECT event_id, state FROM rejected_events WHERE event_id = $1',
      [first.eventId],
    );
    expect(statuses).toEqual([204, 204, 204]);
    expect(await rowsOf(first.eventId)).toEqual([{ step: 'address' }]);
    expect(aside).toEqual([{ event_id: first.eventId, state: 'conflict' }]);
    expect(await figure(footfall, 'events_conflict_total')).toBe(1);
  });

  it('are believed about the time, however far it is from ours', async () => {
    const before = await figure(footfall, 'clock_skew_seconds_count');
    const times = [0, Date.now() - 5 * YEAR_MS, Date.now() + 5 * YEAR_MS, LATEST_TIME];
    const events = times.map((timestamp) => aCheckoutEvent({ timestamp }));

    const statuses = await answers(events);
    await house.drained();

    const rows = await house.postgres.query<{ at: string }>(
      `SELECT extract(epoch FROM event_timestamp) * 1000 AS at FROM checkout_events
       WHERE event_id = ANY($1) ORDER BY 1`,
      [events.map(({ eventId }) => eventId)],
    );
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(rows.map(({ at }) => Number(at))).toEqual(times);
    expect((await figure(footfall, 'clock_skew_seconds_count')) - before).toBe(times.length);
    expect(await figure(footfall, 'events_rejected_total')).toBe(0);
  });
});

import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { FaultyHouse, figure, NOTHING_MISSING, readiness, unaccounted } from '../support/faults.js';
import type { FootfallProcess } from '../support/process.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

const MIB = 1024 * 1024;
/** What garbage may pile up to between collections, far below what the events would take. */
const ROOM_FOR_GARBAGE = 100 * MIB;

describe('PostgreSQL, too busy to take events', () => {
  let house: FaultyHouse;

  afterEach(() => house.clearAway());

  it('makes the log grow and not the heap while its table is locked', async () => {
    house = await FaultyHouse.build();
    const footfall = await house.start();
    const load = house.load(footfall, { event: { eventDescription: '€'.repeat(2000) } });
    await load.acknowledges(500);
    const before = await residentBytes(footfall);

    const released = house.postgres.query(
      'BEGIN; LOCK TABLE checkout_events IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(6); COMMIT',
    );
    await load.acknowledges(2000);
    const logged = await figure(footfall, 'event_log_records');
    const during = await residentBytes(footfall);
    await released;
    await load.stop();
    await house.drained();

    expect(logged).toBeGreaterThan(500);
    expect(during - before).toBeLessThan(ROOM_FOR_GARBAGE);
    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(load).toMatchObject({ otherwise: [], unanswered: [] });
    expect(await figure(footfall, 'events_lost_total')).toBe(0);
  });

  it('takes events while others have all of its connections', async () => {
    house = await FaultyHouse.build({}, ['max_connections=20']);
    const footfall = await house.start();
    const load = house.load(footfall);
    await load.acknowledges(300);

    const released = takeAllConnections(8);
    let during = await readiness(footfall);
    await until('it has no connection', async () => {
      during = await readiness(footfall);
      return during.ails.includes('database');
    });
    await load.acknowledges(500);
    await released;
    await load.stop();
    await house.drained();

    expect(during.status).toBe(200);
    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(load).toMatchObject({ otherwise: [], unanswered: [] });
    expect(await figure(footfall, 'events_lost_total')).toBe(0);
    expect(await unaccounted(footfall)).toBe(0);
  });

  it('has the events of unknown offers wait aside, until their offer appears', async () => {
    house = await FaultyHouse.build();
    const footfall = await house.start();
    const event = aCheckoutEvent({ offerId: 'offer-of-tomorrow' });

    house.postgres.pause();
    const answer = await footfall.post('/events/checkout', event);
    house.postgres.resume();
    await until('it waits', async () => (await states()).join() === 'waiting');
    await house.offer(footfall, 'offer-of-tomorrow');
    await until('it is healed', async () => (await states()).join() === 'resolved');

    const rows = await house.postgres.query('SELECT event_id, product_id FROM checkout_events');
    expect(answer.status).toBe(204);
    expect(rows).toEqual([{ event_id: event.eventId, product_id: 'product-1' }]);
  });

  const states = async () =>
    (await house.postgres.query<{ state: string }>('SELECT state FROM rejected_events')).map(
      ({ state }) => state,
    );

  /** Also those that Footfall has, again and again: whoever is quicker gets what is free. */
  async function takeAllConnections(seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    const held: Promise<unknown>[] = [];
    const hold = (sql: string) => held.push(house.postgres.query(sql).catch(() => null));
    hold(`DO $$ BEGIN FOR i IN 1..${seconds * 10} LOOP
      PERFORM pg_stat_clear_snapshot();
      PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'footfall';
      PERFORM pg_sleep(0.1);
    END LOOP; END $$`);
    while (Date.now() < end) {
      for (let i = 0; i < 5; i++) hold(`SELECT pg_sleep(${seconds / 2})`);
      await pause(100);
    }
    await Promise.all(held);
  }
});

async function residentBytes({ child }: FootfallProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

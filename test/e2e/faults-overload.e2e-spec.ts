import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { aCheckoutEvent } from '../support/checkout-event.js';
import { FaultyHouse, figure, NOTHING_MISSING, unaccounted } from '../support/faults.js';
import type { FootfallProcess } from '../support/process.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

const CONNECTIONS = 400;
const OVERLOAD_MS = 8000;
const MOST_MEMORY_MIB = 300;
/** A dashboard is never further behind, also while a backlog is written. */
const FRESH_WITHIN_MS = 10_000;

describe('more events than a process can take', () => {
  let house: FaultyHouse;

  afterEach(() => house.clearAway());

  it('keep its memory bounded, and nothing that it acknowledged is missing', async () => {
    house = await FaultyHouse.build({ LOG_LEVEL: 'info' });
    const footfall = await house.start();
    const load = house.load(footfall, { connections: CONNECTIONS, pauseMs: 0 });
    await pause(OVERLOAD_MS);
    await load.stop();
    const most = await mostMemoryMiB(footfall);
    await house.drained();

    expect(load.acknowledged.size).toBeGreaterThan(CONNECTIONS);
    expect(load).toMatchObject({ otherwise: [], unanswered: [] });
    expect(most).toBeLessThan(MOST_MEMORY_MIB);
    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(await figure(footfall, 'events_lost_total')).toBe(load.notKept.size);
    expect(await unaccounted(footfall)).toBe(0);
  });

  it('are written in the end while new ones do not wait behind them', async () => {
    house = await FaultyHouse.build();
    const first = await house.start();
    await house.postgres.stop('immediate');
    const load = house.load(first, { connections: 64, pauseMs: 0 });
    await load.acknowledges(15_000, 60_000);
    await first.kill9();
    await load.stop();

    const second = await house.again(first);
    await house.postgres.start();
    await second.ready();
    const live = aCheckoutEvent({ timestamp: Date.now() });
    expect((await second.post('/events/checkout', live)).status).toBe(204);
    await until('the live event is stored', () => isStored(live.eventId), FRESH_WITHIN_MS);
    await house.drained();

    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(await figure(second, 'event_log_oldest_age_seconds')).toBe(0);
  });

  const isStored = async (eventId: string): Promise<boolean> => {
    const found = 'SELECT FROM checkout_events WHERE event_id = $1';
    return (await house.postgres.query(found, [eventId])).length > 0;
  };
});

async function mostMemoryMiB({ child }: FootfallProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

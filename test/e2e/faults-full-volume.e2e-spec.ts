import { statfs } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { SmallVolume } from '../support/faults-volume.js';
import { FaultyHouse, figure, NOTHING_MISSING, readiness, unaccounted } from '../support/faults.js';
import { describeWith } from '../support/needs.js';
import type { FootfallProcess } from '../support/process.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

/** Three segments fit above the floor of free space, a fourth does not. */
const VOLUME_MIB = 64;
const FLOOR_BYTES = 20 * 1024 * 1024;

const suite = describeWith(SmallVolume.canBeMounted, 'no small volume can be mounted here');

suite('a log whose volume fills up', () => {
  let house: FaultyHouse;
  let volume: SmallVolume;

  beforeEach(async () => {
    volume = SmallVolume.mount(VOLUME_MIB);
    house = await FaultyHouse.build({ EVENT_LOG_MIN_FREE_BYTES: String(FLOOR_BYTES) });
    volume.takeJournalOf(house.dataDir);
  });
  afterEach(async () => {
    await house.clearAway();
    volume.unmount();
  });

  it('takes no more in good order, says what it lost, and goes on once it is drained', async () => {
    const footfall = await house.start();
    await house.postgres.stop('immediate');
    const load = house.load(footfall, { event: { eventDescription: '€'.repeat(2000) } });
    await until('events are not kept', () => load.notKept.size > 200, 60_000);
    const during = await readiness(footfall);
    const free = await freeBytes();
    await load.stop();

    await house.postgres.start();
    await until('it takes events again', async () => (await readiness(footfall)).status === 200);
    const afterwards = house.load(footfall);
    await afterwards.acknowledges(200);
    await afterwards.stop();
    await house.drained();

    expect(during.status).toBe(503);
    expect(during.ails).toContain('eventLog');
    expect(free).toBeGreaterThan(0);
    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(load).toMatchObject({ otherwise: [], unanswered: [] });
    expect(afterwards).toMatchObject({ otherwise: [], unanswered: [] });
    expect(afterwards.notKept.size).toBe(0);
    expect(await figure(footfall, 'events_lost_total')).toBe(load.notKept.size);
    expect(lostIds(footfall)).toEqual([...load.notKept].toSorted());
    expect(await unaccounted(footfall)).toBe(0);
  });

  it('drains and takes events after a restart on the full volume', async () => {
    const first = await house.start();
    await house.postgres.stop('immediate');
    const load = house.load(first, { event: { eventDescription: '€'.repeat(2000) } });
    await until('events are not kept', () => load.notKept.size > 0, 60_000);
    await first.kill9();
    await load.stop();

    const second = await house.again(first);
    await house.postgres.start();
    await until('it takes events again', async () => (await readiness(second)).status === 200);
    const afterwards = house.load(second);
    await afterwards.acknowledges(200);
    await afterwards.stop();
    await house.drained();

    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(afterwards).toMatchObject({ otherwise: [], unanswered: [] });
  });

  const freeBytes = async () => {
    const { bavail, bsize } = await statfs(volume.path);
    return bavail * bsize;
  };
});

/** The ids of the lines that say of an event that it is not kept. */
const lostIds = ({ stdout }: FootfallProcess): string[] =>
  stdout
    .split('\n')
    .filter((line) => line.includes('"CHECKOUT_EVENT_PERSIST_ERROR"'))
    .map((line) => (JSON.parse(line) as { eventId: string }).eventId)
    .toSorted();

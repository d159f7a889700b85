import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { FaultyHouse, NOTHING_MISSING, readiness } from '../support/faults.js';
import type { FootfallProcess } from '../support/process.js';

jest.setTimeout(180_000);

const ROUNDS = 2;
const GRACE_MS = 1500;
/** How often a balancer looks; several times within the grace. */
const LOOK_EVERY_MS = 100;

describe('processes that share a database and a data directory', () => {
  let house: FaultyHouse;

  afterEach(() => house.clearAway());

  it('are restarted in turn without any sender noticing', async () => {
    house = await FaultyHouse.build({ SHUTDOWN_GRACE_MS: String(GRACE_MS) });
    const running = [await house.start(), await house.start()];
    const balancer = new Balancer(running);
    const load = house.load(() => balancer.next());
    const exitCodes: (number | null)[] = [];

    for (let round = 0; round < ROUNDS; round++) {
      for (const place of running.keys()) {
        await load.acknowledges(200);
        const old = running[place] as FootfallProcess;
        exitCodes.push(await old.stop());
        running[place] = await house.again(old);
        await balancer.sees(running[place]);
      }
    }
    await load.acknowledges(200);
    await load.stop();
    await balancer.stop();
    await house.drained();

    expect(exitCodes).toEqual(Array.from({ length: 2 * ROUNDS }, () => 0));
    expect(load).toMatchObject({ otherwise: [], unanswered: [], refusedConnections: 0 });
    expect(load.notKept.size).toBe(0);
    expect(await house.compare()).toEqual(NOTHING_MISSING);
  });

  it('answer what they took before they end, also without a grace', async () => {
    house = await FaultyHouse.build();
    let footfall = await house.start();
    const load = house.load(() => footfall, { pauseMs: 0 });
    const exitCodes: (number | null)[] = [];

    for (let round = 0; round < ROUNDS; round++) {
      await load.acknowledges(500);
      exitCodes.push(await footfall.stop());
      footfall = await house.again(footfall);
    }
    await load.acknowledges(200);
    await load.stop();
    await house.drained();

    // What reached a closing socket was never taken: its sender comes again. What was taken is
    // stored, and whoever sent it has to know.
    const stored = await house.storedIds();
    expect(load.unanswered.filter(({ eventId }) => stored.has(eventId))).toEqual([]);
    expect(load.otherwise).toEqual([]);
    expect(load.notKept.size).toBe(0);
    expect(exitCodes).toEqual([0, 0]);
    expect(await house.compare()).toEqual(NOTHING_MISSING);
  });

  it('write what one of them left behind when it died', async () => {
    house = await FaultyHouse.build();
    const [dying, surviving] = [await house.start(), await house.start()];
    await house.postgres.stop('immediate');
    const loads = [house.load(dying), house.load(surviving)];
    await Promise.all(loads.map((load) => load.acknowledges(500)));

    await dying.kill9();
    await Promise.all(loads.map((load) => load.stop()));
    await house.postgres.start();
    await house.drained();

    expect(await house.compare()).toEqual(NOTHING_MISSING);
    expect(loads[1]).toMatchObject({ otherwise: [], unanswered: [] });
  });
});

/** Sends new connections to processes that say they are ready, as balancers do. */
class Balancer {
  private ready: readonly FootfallProcess[];
  private turn = 0;
  private stopping = false;
  private readonly looking: Promise<void>;

  constructor(private readonly processes: readonly FootfallProcess[]) {
    this.ready = [...processes];
    this.looking = this.look();
  }

  next(): FootfallProcess {
    const { ready } = this;
    return ready[this.turn++ % ready.length] ?? (this.processes[0] as FootfallProcess);
  }

  /** Resolves when that process gets connections. */
  async sees(footfall: FootfallProcess): Promise<void> {
    while (!this.ready.includes(footfall)) await pause(LOOK_EVERY_MS);
  }

  stop(): Promise<void> {
    this.stopping = true;
    return this.looking;
  }

  private async look(): Promise<void> {
    while (!this.stopping) {
      const answers = await Promise.all(
        this.processes.map((one) => readiness(one).catch(() => ({ status: 0 }))),
      );
      this.ready = this.processes.filter((_, i) => answers[i]?.status === 200);
      await pause(LOOK_EVERY_MS);
    }
  }
}

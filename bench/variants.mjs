import { nextBatchText, nextEventText } from './checkout-events.mjs';
import { cpuMicrosOf, cpuMicrosOfFamily, forgetPeakMemoryOf, peakMemoryOf } from './cpu.mjs';
import { load } from './load.mjs';

const CONNECTIONS = 64;
const BATCH_SIZE = 500;
const BATCH_CONNECTIONS = 4;

/** What the generator itself used: where it fills a core, it is what limits a fast server. */
const ownMicros = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const difference = (before, after) =>
  Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - before[name]]));

const perEvent = (micros, events) =>
  Object.fromEntries(Object.entries(micros).map(([name, value]) => [name, value / events]));

/** A server that keeps nothing. */
export const bareVariant = (bare) => ({
  name: 'bare',
  warmMs: 5000,
  async run(durationMs) {
    const cpu = () => ({ app: cpuMicrosOf(bare.pid), generator: ownMicros() });
    const before = cpu();
    const loaded = await load({ ...bareTarget(bare), durationMs });
    return {
      ...loaded,
      events: loaded.requests,
      cpu: perEvent(difference(before, cpu()), loaded.requests),
    };
  },
});

const bareTarget = ({ port }) => ({
  port,
  path: '/events/checkout',
  body: nextEventText,
  connections: CONNECTIONS,
});

/** One event a request, at Footfall's front door. */
export const singleVariant = (footfall, postgresPid) => ({
  name: 'single',
  warmMs: 10_000,
  run: (durationMs) =>
    atFootfall(footfall, postgresPid, 1, {
      port: footfall.port,
      path: '/events/checkout',
      body: nextEventText,
      connections: CONNECTIONS,
      durationMs,
    }),
});

/** Five hundred events a request, at the batch door. What is stored a second counts. */
export const batchVariant = (footfall, postgresPid) => ({
  name: 'batch',
  warmMs: 5000,
  async run(durationMs) {
    const round = await atFootfall(footfall, postgresPid, BATCH_SIZE, {
      port: footfall.port,
      path: '/events/checkout/batch',
      body: () => nextBatchText(BATCH_SIZE),
      connections: BATCH_CONNECTIONS,
      durationMs,
    });
    const seconds = round.seconds + round.drainMs / 1000;
    return { ...round, storedPerSecond: round.events / seconds };
  },
});

/** The same rows by COPY into the same table. */
export const copyVariant = (copy, postgresPid) => ({
  name: 'copy',
  warmMs: 2000,
  async run(durationMs) {
    const before = { postgres: cpuMicrosOfFamily(postgresPid) };
    const { rows, seconds } = await copy.run(durationMs);
    const cpu = difference(before, { postgres: cpuMicrosOfFamily(postgresPid) });
    return { events: rows, seconds, storedPerSecond: rows / seconds, cpu: perEvent(cpu, rows) };
  },
});

/** CPU is counted until the log is drained: an event costs what it costs until it is stored. */
async function atFootfall(footfall, postgresPid, eventsARequest, target) {
  const cpu = () => ({ app: cpuMicrosOf(footfall.pid), postgres: cpuMicrosOfFamily(postgresPid) });
  forgetPeakMemoryOf(footfall.pid);
  const backlogAtStart = await footfall.backlog();
  const before = cpu();
  const generatorBefore = ownMicros();
  const loaded = await load(target);
  const generator = ownMicros() - generatorBefore;
  const backlogAtEnd = await footfall.backlog();
  const drainMs = await footfall.drained();
  const micros = { ...difference(before, cpu()), generator };
  const refused = Object.values(loaded.statuses).reduce((sum, count) => sum + count, 0);
  const events = (loaded.requests - refused) * eventsARequest;
  return {
    ...loaded,
    events,
    cpu: perEvent(micros, events),
    backlogAtStart,
    backlogAtEnd,
    drainMs,
    peakMemory: peakMemoryOf(footfall.pid),
  };
}

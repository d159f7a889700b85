import { cpuMicrosOf, cpuMicrosOfFamily, forgetPeakMemoryOf, peakMemoryOf } from './cpu.mjs';
import { load } from './load.mjs';

const CONNECTIONS = 64;
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

/**
 * All variants of a door: a server that keeps nothing, one event a request, the same rows by COPY,
 * and batches. Each batch stands beside the COPY that it is compared with.
 */
export const variantsOf = (door, { footfall, bare, copy, postgresPid, headers }) => [
  bareVariant(bare, door),
  singleVariant(footfall, postgresPid, door, headers),
  ...(door.nextRows ? [copyVariant(copy, postgresPid, door)] : []),
  ...door.batches.map((size) => batchVariant(footfall, postgresPid, door, { size, headers })),
];

/** A server that keeps nothing, given the same bodies. */
const bareVariant = ({ pid, port }, { path, nextText }) => ({
  name: 'bare',
  warmMs: 3000,
  async run(durationMs) {
    const cpu = () => ({ app: cpuMicrosOf(pid), generator: ownMicros() });
    const before = cpu();
    const target = { port, path, body: nextText, connections: CONNECTIONS };
    const loaded = await load({ ...target, durationMs });
    return {
      ...loaded,
      events: loaded.requests,
      cpu: perEvent(difference(before, cpu()), loaded.requests),
    };
  },
});

/** One event a request, at Footfall's front door. */
export const singleVariant = (footfall, postgresPid, { path, nextText }, headers) => ({
  name: 'single',
  warmMs: 6000,
  run: (durationMs) =>
    atFootfall(footfall, postgresPid, 1, {
      port: footfall.port,
      path,
      body: nextText,
      connections: CONNECTIONS,
      durationMs,
      headers,
    }),
});

/** Several events a request, at the door for batches. What is stored a second counts. */
const batchVariant = (footfall, postgresPid, { path, nextText }, { size, headers }) => ({
  name: `batch of ${size}`,
  warmMs: 3000,
  async run(durationMs) {
    const round = await atFootfall(footfall, postgresPid, size, {
      port: footfall.port,
      path: `${path}/batch`,
      body: () => `[${Array.from({ length: size }, nextText).join(',')}]`,
      connections: BATCH_CONNECTIONS,
      durationMs,
      headers,
    });
    const seconds = round.seconds + round.drainMs / 1000;
    return { ...round, storedPerSecond: round.events / seconds };
  },
});

/** The same rows by COPY into the same tables. */
const copyVariant = (copy, postgresPid, { nextRows }) => ({
  name: 'copy',
  warmMs: 1000,
  async run(durationMs) {
    const before = { postgres: cpuMicrosOfFamily(postgresPid) };
    const { rows, seconds } = await copy.run(nextRows, durationMs);
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

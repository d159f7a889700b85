/**
 * A process that does nothing but hold the offers of a database: `bench/offers.mjs` starts it, with
 * `--expose-gc`, an address and how many offers there are, and reads the figures from its output.
 */
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { forgetPeakMemoryOf, peakMemoryOf } from './cpu.mjs';

const { keepHeapSmall } = await import('../dist/apps/server/src/memory.js');
keepHeapSmall(); // as the server does
const { openDatabase } = await import('../dist/libs/database/src/index.js');
const { OfferDirectory, OfferFeed, OffersMetrics } =
  await import('../dist/libs/offers/src/index.js');
const { Metrics, PinoLogger } = await import('../dist/libs/platform/src/index.js');
const { Logger } = await import('@nestjs/common');
const { migrations } = await import('../dist/migrations/index.js');

const LOOKS = 1_000_000;
const MISSES = 1000;
const LOOK_AGAIN_MS = 5;

const [url, count] = process.argv.slice(2);
const offers = Number(count);

Logger.overrideLogger(new PinoLogger('warn', process.stderr));
const { database, close } = await openDatabase(url, migrations);
const directory = new OfferDirectory(
  database,
  new OfferFeed(database),
  new OffersMetrics(new Metrics()),
);

/** After two collections: the first one leaves what finalisers still hold. */
function memory() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, rss };
}

async function until(holds) {
  const startedMs = performance.now();
  while (!holds()) await pause(LOOK_AGAIN_MS);
  return performance.now() - startedMs;
}

function nanosOf(look) {
  for (let i = 0; i < LOOKS / 10; i++) look(i);
  const startedMs = performance.now();
  for (let i = 0; i < LOOKS; i++) look(i);
  return ((performance.now() - startedMs) * 1e6) / LOOKS;
}

/** Texts as they come with an event: other objects than those in memory, not hashed yet. */
const ids = Array.from({ length: 100_000 }, () =>
  Buffer.from(`offer-${1 + Math.floor(Math.random() * offers)}`).toString(),
);

const before = memory();
forgetPeakMemoryOf(process.pid);
directory.start();
const loadMs = await until(() => directory.isLoaded);
const loadPeak = peakMemoryOf(process.pid);
const after = memory();

const foundNs = nanosOf((i) => directory.find(ids[i % ids.length]));
await directory.find('absent');
const absentNs = nanosOf(() => directory.find('absent'));
const missesMs = performance.now();
for (let i = 0; i < MISSES; i++) await directory.find(`absent-${i}`);
const missUs = ((performance.now() - missesMs) * 1000) / MISSES;

forgetPeakMemoryOf(process.pid);
directory.reloadAt = 0; // as every ten minutes
const startedMs = Date.now();
await until(() => directory.reloadAt > startedMs);
const reloadMs = Date.now() - startedMs;
const reloadPeak = peakMemoryOf(process.pid);
const reloaded = memory();
await directory.stop();
await close();

process.stdout.write(
  JSON.stringify({
    loadMs,
    reloadMs,
    foundNs,
    absentNs,
    missUs,
    before,
    after,
    reloaded,
    loadPeak,
    reloadPeak,
  }),
);

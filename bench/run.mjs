/**
 * `npm run bench`: Footfall with everything on against a server that keeps nothing, and its batch
 * door against COPY. Loopback only, a few minutes, its own data directory, nothing left behind.
 * Prints the figures and writes them as JSON into `bench/results/`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../scripts/build-if-stale.mjs';
import { startBare } from './bare.mjs';
import { OFFERS } from './checkout-events.mjs';
import { Copy } from './copy.mjs';
import { Footfall } from './footfall.mjs';
import { reportOf } from './report.mjs';
import { inTurn } from './rounds.mjs';
import { syncProbe } from './sync-probe.mjs';
import { judge } from './targets.mjs';
import { bareVariant, batchVariant, copyVariant, singleVariant } from './variants.mjs';

const ROUNDS = { rounds: 3, roundMs: 8000 };
const RESULTS = new URL('./results/', import.meta.url);

const say = (text) => process.stderr.write(`${text} …\n`);

/** Undone in the opposite order, whatever happens. */
const undo = [];

/** Undoes all but the first `left` steps. */
async function cleanUp(left = 0) {
  for (const step of undo.splice(left).toReversed()) {
    await step().catch((error) => console.error(error));
  }
}

async function bench() {
  buildIfStale();
  const load = loadavg()[0].toFixed(1);
  say('starting Footfall');
  const starting = Footfall.start();
  undo.push(
    async () => (await starting).removeData(),
    async () => (await starting).stop(),
  );
  const footfall = await starting;
  await footfall.putOffers(OFFERS);
  const bare = await startBare();
  undo.push(() => bare.stop());
  const { runningEmbeddedUrl } = await import('../dist/libs/database/src/index.js');
  const copy = await Copy.connect(await runningEmbeddedUrl(footfall.dataDir));
  undo.push(() => copy.close());

  const machine = {
    node: process.versions.node,
    postgres: await copy.version(),
    durability: await copy.durability(),
    cores: cpus().length,
    model: cpus()[0].model,
    load,
    syncMicros: await syncProbe(footfall.dataDir),
  };
  const postgresPid = await footfall.postgresPid();
  const sent = { single: 0, batch: 0, copy: 0 };
  const counted = (variant) => ({
    ...variant,
    async run(durationMs) {
      const round = await variant.run(durationMs);
      sent[variant.name] += round.events;
      return round;
    },
  });
  const variants = [
    bareVariant(bare),
    counted(singleVariant(footfall, postgresPid)),
    counted(copyVariant(copy, postgresPid)),
    counted(batchVariant(footfall, postgresPid)),
  ];
  const rounds = await inTurn(variants, { ...ROUNDS, say });

  say('counting what was stored');
  const stored = (await copy.count('checkout_events')) - sent.copy;
  const rejected = await copy.count('rejected_events');
  const { events_lost_total: lost } = await footfall.figures();
  await cleanUp(1); // its log is whole only once it has stopped, and gone with its data
  const lines = await footfall.countLogLines('CHECKOUT_EVENT_RECEIVED');
  const acknowledged = sent.single + sent.batch;
  const integrity = [
    { name: 'rows stored, of the events acknowledged', value: stored, expected: acknowledged },
    { name: 'log lines, of the events acknowledged', value: lines, expected: acknowledged },
    { name: 'events lost', value: lost, expected: 0 },
    { name: 'rows in rejected_events', value: rejected, expected: 0 },
  ];
  const { coldStartMs } = footfall;
  const verdicts = judge({ rounds, coldStartMs, integrity });
  return { at: new Date().toISOString(), machine, coldStartMs, rounds, verdicts };
}

async function keep(result) {
  await mkdir(RESULTS, { recursive: true });
  const file = new URL(`${result.at.replaceAll(':', '-')}.json`, RESULTS);
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  return fileURLToPath(file);
}

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    interrupted = true;
    void cleanUp().then(() => process.exit(130));
  });
}

try {
  const result = await bench();
  console.log(reportOf(result));
  console.log(`as JSON: ${await keep(result)}`);
} catch (error) {
  // What is being cleaned up fails on its way, and must not end the process before it is gone.
  if (!interrupted) throw error;
  await new Promise(() => undefined);
} finally {
  await cleanUp();
}

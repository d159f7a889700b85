/**
 * `npm run bench`: each door of Footfall, with everything on, against a server that keeps nothing,
 * and its batches against COPY into the same tables. Loopback only, less than ten minutes, its own
 * data directory, nothing left behind. Prints the figures and writes them as JSON into
 * `bench/results/`.
 *
 * `npm run bench -- dashboards` measures answers instead: see dashboards.mjs.
 * `npm run bench -- --door tracking --door commerce` measures these doors alone; `--rounds` and
 * `--seconds` (a round) make it shorter or longer.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfStale } from '../scripts/build-if-stale.mjs';
import { startBare } from './bare.mjs';
import { OFFERS } from './checkout-events.mjs';
import { Copy } from './copy.mjs';
import { benchDashboards } from './dashboards.mjs';
import { doorsNamed } from './doors.mjs';
import { Footfall } from './footfall.mjs';
import { reportOf } from './report.mjs';
import { inTurn } from './rounds.mjs';
import { Sent } from './sent.mjs';
import { syncProbe } from './sync-probe.mjs';
import { judge } from './targets.mjs';
import { variantsOf } from './variants.mjs';

const RESULTS = new URL('./results/', import.meta.url);

const asksForDashboards = process.argv[2] === 'dashboards';

const { values: options } = parseArgs({
  args: asksForDashboards ? [] : process.argv.slice(2),
  options: {
    door: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
  },
});

/** Before anything is started. */
function doorsOrExit() {
  try {
    return doorsNamed(options.door);
  } catch (error) {
    console.error(error.message);
    return process.exit(2);
  }
}

const doors = doorsOrExit();

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
  const turns = { rounds: Number(options.rounds), roundMs: 1000 * Number(options.seconds) };
  buildIfStale();
  const load = loadavg()[0].toFixed(1);
  const parts = await start();
  const { footfall, copy } = parts;
  const machine = {
    node: process.versions.node,
    postgres: await copy.version(),
    durability: await copy.durability(),
    cores: cpus().length,
    model: cpus()[0].model,
    load,
    syncMicros: await syncProbe(footfall.dataDir),
  };

  const sent = new Sent();
  const rounds = {};
  for (const door of doors) {
    const headers = door.scope ? await footfall.keyHeaders(door.scope) : {};
    const variants = variantsOf(door, { ...parts, headers });
    rounds[door.name] = await inTurn(
      variants.map((variant) => sent.counted(door, variant)),
      { ...turns, say: (text) => say(`${door.name}, ${text}`) },
    );
  }

  say('counting what was stored');
  const integrity = await integrityOf(sent, parts);
  const { coldStartMs } = footfall;
  const verdicts = judge({ rounds, coldStartMs, integrity });
  return { at: new Date().toISOString(), machine, turns, coldStartMs, rounds, verdicts };
}

/** Footfall, the server that keeps nothing, and a connection for COPY. */
async function start() {
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
  return { footfall, bare, copy, postgresPid: await footfall.postgresPid() };
}

/** What was acknowledged, against what is stored and logged, contract by contract. */
async function integrityOf(sent, { footfall, copy }) {
  const stored = new Map();
  for (const { table } of sent.contracts()) stored.set(table, await copy.count(table));
  const rejected = await copy.count('rejected_events');
  const { events_lost_total: lost } = await footfall.figures();
  await cleanUp(1); // its log is whole only once it has stopped, and gone with its data
  const integrity = [];
  for (const { contract, table, acknowledged, copied } of sent.contracts()) {
    const lines = await footfall.countLogLines(`${contract.toUpperCase()}_EVENT_RECEIVED`);
    integrity.push(
      {
        name: `${contract}: rows stored, of the events acknowledged`,
        value: stored.get(table) - copied,
        expected: acknowledged,
      },
      {
        name: `${contract}: log lines, of the events acknowledged`,
        value: lines,
        expected: acknowledged,
      },
    );
  }
  return [
    ...integrity,
    { name: 'events lost', value: lost, expected: 0 },
    { name: 'rows in rejected_events', value: rejected, expected: 0 },
  ];
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
  if (asksForDashboards) {
    await benchDashboards(process.argv.slice(3), undo, cleanUp);
  } else {
    const result = await bench();
    console.log(reportOf(result));
    console.log(`as JSON: ${await keep(result)}`);
  }
} catch (error) {
  // What is being cleaned up fails on its way, and must not end the process before it is gone.
  if (!interrupted) throw error;
  await new Promise(() => undefined);
} finally {
  await cleanUp();
}

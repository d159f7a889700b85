/**
 * What a catalogue costs: a million offers in the memory of a process (how long it takes to load
 * them, how much they take, how long a look takes), and a file of a hundred thousand in and out.
 * `npm run build`, then `node bench/offers.mjs [offers in memory] [offers in the file]`.
 * Prints a table, and all figures as JSON into `bench/results/`.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildIfStale } from '../scripts/build-if-stale.mjs';
import { nodeFlags } from '../scripts/node-flags.mjs';
import { startPostgres } from '../test/support/postgres.mjs';
import { cpuMicrosOf, forgetPeakMemoryOf, peakMemoryOf } from './cpu.mjs';
import { Footfall } from './footfall.mjs';

const DIRECTORY = fileURLToPath(new URL('./offers-directory.mjs', import.meta.url));
const RESULTS = new URL('./results/', import.meta.url);
const PRODUCERS = 5000;

/** Three offers a product, as many producers as a platform has; tombstones are left out. */
const FILL = `
  INSERT INTO offers (offer_id, product_id, producer_id)
  SELECT 'offer-' || n, 'product-' || n / 3, 'producer-' || n % ${PRODUCERS}
  FROM generate_series(1, $1::int) AS n
`;

const say = (text) => process.stderr.write(`${text} …\n`);
const mib = (bytes) => Math.round(bytes / 1024 ** 2);
const seconds = (ms) => Number((ms / 1000).toFixed(1));

/** A fresh process each, so that nothing of the one before is counted. */
async function holdInMemory(count) {
  const postgres = await startPostgres();
  try {
    const { openDatabase } = await import('../dist/libs/database/src/index.js');
    const { migrations } = await import('../dist/migrations/index.js');
    const { close } = await openDatabase(postgres.url, migrations);
    await close();
    await postgres.query(FILL, [count]);
    await postgres.query('VACUUM ANALYZE offers');
    const words = [...nodeFlags, '--expose-gc', DIRECTORY, postgres.url, String(count)];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    return JSON.parse(stdout);
  } finally {
    await postgres.dispose();
  }
}

async function* fileOf(count) {
  yield Buffer.from('offerId,productId,producerId\n');
  for (let n = 1; n <= count; n += 1000) {
    const lines = Array.from({ length: Math.min(1000, count - n + 1) }, (_, i) => lineOf(n + i));
    yield Buffer.from(lines.join(''));
  }
}

const lineOf = (n) => `offer-${n},product-${Math.floor(n / 3)},producer-${n % PRODUCERS}\n`;

/** What `work` costs the process that serves it. */
async function costOf({ pid }, work) {
  forgetPeakMemoryOf(pid);
  const before = peakMemoryOf(pid); // what it has by now: the peak begins there
  const cpu = cpuMicrosOf(pid);
  const startedMs = performance.now();
  const answer = await work();
  const ms = performance.now() - startedMs;
  const cpuMs = (cpuMicrosOf(pid) - cpu) / 1000;
  return { answer, ms, cpuMs, before, peak: peakMemoryOf(pid) };
}

async function filesThroughHttp(count) {
  const footfall = await Footfall.start();
  try {
    const key = (await readFile(join(footfall.dataDir, 'admin.key'), 'utf8')).trim();
    const call = async (path, init) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv' };
      const url = `http://127.0.0.1:${footfall.port}${path}`;
      const response = await fetch(url, { headers, ...init });
      if (!response.ok) throw new Error(await response.text());
      return response;
    };
    const send = async () => {
      const body = ReadableStream.from(fileOf(count));
      const init = { method: 'POST', body, duplex: 'half' };
      return (await call('/offers/import', init)).json();
    };
    const read = async () => {
      let bytes = 0;
      for await (const chunk of (await call('/offers/export')).body) bytes += chunk.length;
      return { bytes };
    };
    await footfall.putOffers([{ offerId: 'a', productId: 'p', producerId: 'q' }]); // the key opens
    return {
      'import, all new': await costOf(footfall, send),
      'import, all unchanged': await costOf(footfall, send),
      export: await costOf(footfall, read),
    };
  } finally {
    await footfall.stop();
    await footfall.removeData();
  }
}

function reportOf({ offers, file, load, directory, files }) {
  const { before, after, loadPeak, reloadPeak } = directory;
  console.log(`\nNode ${process.versions.node}, load of the machine before: ${load}\n`);
  console.table({
    [`${offers} offers in memory`]: {
      'load s': seconds(directory.loadMs),
      'reload s': seconds(directory.reloadMs),
      'heap MiB': mib(after.heap - before.heap),
      'bytes an offer': Math.round((after.heap - before.heap) / offers),
      'RSS MiB': `${mib(before.rss)} → ${mib(after.rss)}`,
      'peak, reload MiB': `${mib(loadPeak)}, ${mib(reloadPeak)}`,
      'found ns': Math.round(directory.foundNs),
      'absent ns': Math.round(directory.absentNs),
      'asked for µs': Math.round(directory.missUs),
    },
  });
  console.table(
    Object.fromEntries(
      Object.entries(files).map(([name, { ms, cpuMs, before: had, peak }]) => [
        `${file} offers: ${name}`,
        {
          s: seconds(ms),
          'offers/s': Math.round((file * 1000) / ms),
          'CPU µs an offer': Number(((cpuMs * 1000) / file).toFixed(1)),
          'RSS before MiB': mib(had),
          'peak RSS MiB': mib(peak),
        },
      ]),
    ),
  );
}

buildIfStale();
const [offers = 1_000_000, file = 100_000] = process.argv.slice(2).map(Number);
const load = loadavg()[0].toFixed(1);
say(`${offers} offers in memory`);
const directory = await holdInMemory(offers);
say(`${file} offers in a file`);
const files = await filesThroughHttp(file);
const result = { offers, file, load, node: process.versions.node, directory, files };
await mkdir(RESULTS, { recursive: true });
await writeFile(new URL('offers.json', RESULTS), `${JSON.stringify(result, null, 2)}\n`);
reportOf(result);

/**
 * `npm run bench -- dashboards`: what answers cost with five million raw events of 30 days behind
 * them, and what recounting those days costs against the same statements run bare, a day at a time.
 * Loopback only, its own data directory (about 4 GB), nothing left behind.
 *
 * `--events` makes it smaller or larger, `--asks` asks each question so often. Given several times,
 * `--events` compares answers: `-- dashboards --events 5000000 --events 50000000` takes an hour and
 * 40 GB, and tells what ten times the events cost beside the first size.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { buildIfStale } from '../scripts/build-if-stale.mjs';
import { BareRecount } from './bare-recount.mjs';
import { ASSETS_CSV, FILLS } from './dashboards-fill.mjs';
import { questionsOf } from './dashboards-questions.mjs';
import { Footfall } from './footfall.mjs';
import { machineLine, table, verdictTable } from './report.mjs';
import { syncProbe } from './sync-probe.mjs';
import { atMost } from './targets.mjs';

const DAY_MS = 86_400_000;
const DAYS = 30;
const RESULTS = new URL('./results/', import.meta.url);
const FRESH_WITHIN_MS = 30_000;
/** What was not compiled yet takes two to three times as long. */
const WARM_MS = 2000;

const say = (text) => process.stderr.write(`${text} …\n`);
const dayOf = (ms) => new Date(ms).toISOString().slice(0, 10);

/** From the lowest to the highest, the value below which a share of them lies. */
const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

/** The days that are full of events: 30, of which yesterday is the last. */
function daysBefore(now) {
  const today = Date.parse(dayOf(now));
  return Array.from({ length: DAYS }, (_, n) => dayOf(today - (DAYS - n) * DAY_MS));
}

async function fill(db, days, events) {
  const { PARTITIONED_TABLES } = await import('../dist/libs/database/src/index.js');
  for (const { table: name, timeColumn } of PARTITIONED_TABLES) {
    for (const day of days) await makePartition(db, { name, timeColumn, day });
  }
  let rows = 0;
  const startedMs = performance.now();
  for (const day of days) {
    for (const { statement, share } of FILLS) {
      const { rowCount } = await db.query(statement, [day, Math.round((events * share) / DAYS)]);
      rows += rowCount;
    }
    say(`${day}: ${rows} events`);
  }
  for (const { table: name } of PARTITIONED_TABLES) {
    await db.query(`VACUUM ANALYZE ${name}`);
  }
  return { rows, seconds: (performance.now() - startedMs) / 1000 };
}

/** As the application makes them; a week behind today it has made them itself. */
async function makePartition(db, { name, day }) {
  const partition = `${name}_p${day.replaceAll('-', '')}`;
  const bounds = `FROM ('${day}') TO ('${dayOf(Date.parse(day) + DAY_MS)}')`;
  await db
    .query(`CREATE TABLE ${partition} PARTITION OF ${name} FOR VALUES ${bounds}`)
    .catch((error) => {
      if (!['42P07', '42P17'].includes(error.code)) throw error;
    });
}

/** Recounts a range as a person would ask for it; answers how long that took, in seconds. */
async function backfill(footfall, from, to) {
  const asked = await footfall.asAdmin('POST', '/jobs/backfill', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from, to }),
  });
  if (asked.status !== 202) throw new Error(`no backfill: ${await asked.text()}`);
  const startedMs = performance.now();
  for (;;) {
    const view = await (await footfall.asAdmin('GET', asked.headers.get('location'))).json();
    if (view.state === 'done') return (performance.now() - startedMs) / 1000;
    if (view.state !== 'queued' && view.state !== 'running') throw new Error(JSON.stringify(view));
    await pause(100);
  }
}

/** Each half of the days by one way and then, from empty tables, by the other: in turn, A B, B A. */
async function compareRecounts(footfall, bare, days) {
  const halves = [days.slice(0, DAYS / 2), days.slice(DAYS / 2)];
  const seconds = { backfill: 0, bare: 0 };
  const ways = {
    backfill: (half) => backfill(footfall, half[0], half.at(-1)),
    bare: (half) => bare.run(half),
  };
  for (const order of [
    ['bare', 'backfill'],
    ['backfill', 'bare'],
  ]) {
    await bare.empty();
    for (const [n, way] of order.entries()) {
      say(`recounting ${halves[n][0]} to ${halves[n].at(-1)}: ${way}`);
      seconds[way] += await ways[way](halves[n]);
    }
  }
  return seconds;
}

/**
 * How long a question takes: cold, from the very first time on; uncached, once Footfall and
 * PostgreSQL are warm; and asked again, from the cache where it may be.
 */
async function timesOf(footfall, { path }, asks) {
  const ask = async (n, headers) => {
    const startedMs = performance.now();
    const answer = await footfall.asAdmin('GET', path(n), { headers });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`${path(n)}: ${answer.status} ${body}`);
    return performance.now() - startedMs;
  };
  const fresh = { 'cache-control': 'no-cache' };
  const cold = [];
  for (let n = 0; n < asks; n++) cold.push(await ask(n, fresh));
  const warmAtMs = performance.now() + WARM_MS;
  for (let n = 0; performance.now() < warmAtMs; n++) await ask(n % asks, fresh);
  const uncached = [];
  for (let n = 0; n < asks; n++) uncached.push(await ask(n, fresh));
  const cached = [];
  await ask(0);
  for (let n = 0; n < asks; n++) cached.push(await ask(0));
  return { cold, uncached, cached };
}

/** From a post to the figure that holds it, in seconds. */
async function freshness(footfall, { path, figure }, n) {
  const read = async () => {
    const headers = { 'cache-control': 'no-cache' };
    return figure(await (await footfall.asAdmin('GET', path(0), { headers })).json());
  };
  const before = await read();
  const timestamp = Date.now();
  const event = {
    eventId: `fresh-${timestamp}-${n}`,
    eventName: 'checkout_page_view',
    sessionId: `fresh-${timestamp}-${n}`,
    offerId: 'offer-1',
    timestamp,
    executionEnvironment: 'production',
    fullHostname: 'shop.example.com',
    rootDomain: 'example.com',
  };
  const startedMs = performance.now();
  const answer = await fetch(`http://127.0.0.1:${footfall.port}/events/checkout`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  if (answer.status !== 204) throw new Error(`not taken: ${answer.status}`);
  while ((await read()) === before) {
    if (performance.now() - startedMs > FRESH_WITHIN_MS) throw new Error('it never came');
    await pause(50);
  }
  return (performance.now() - startedMs) / 1000;
}

/** Of one size: events in a Footfall of its own, which is gone afterwards. */
async function measure(undo, { events, asks, isCompared }) {
  const load = loadavg()[0].toFixed(1);
  say(`starting Footfall for ${events} events`);
  const footfall = await Footfall.start();
  undo.push(
    () => footfall.removeData(),
    () => footfall.stop(),
  );
  await footfall.putOffers([
    { offerId: 'offer-1', productId: 'product-0', producerId: 'producer-1' },
  ]);
  await footfall.asAdmin('POST', '/catalog/assets/import', {
    headers: { 'content-type': 'text/csv' },
    body: ASSETS_CSV,
  });
  const { runningEmbeddedUrl } = await import('../dist/libs/database/src/index.js');
  const db = new Client({ connectionString: await runningEmbeddedUrl(footfall.dataDir) });
  await db.connect();
  undo.push(() => db.end());
  await db.query("SET timezone = 'UTC'");

  const days = daysBefore(Date.now());
  const filled = await fill(db, days, events);
  const { rows: version } = await db.query('SHOW server_version');
  const machine = {
    node: process.versions.node,
    postgres: version[0].server_version,
    durability: {},
    cores: cpus().length,
    model: cpus()[0].model,
    load,
    syncMicros: await syncProbe(footfall.dataDir),
  };
  const bare = await BareRecount.over(db);
  const recounts = isCompared
    ? await compareRecounts(footfall, bare, days)
    : await recount(footfall, bare, days);
  await db.query('VACUUM ANALYZE');

  const questions = questionsOf(days);
  const answers = {};
  for (const question of questions) {
    say(question.name);
    answers[question.name] = await timesOf(footfall, question, asks);
  }
  say('from post to dashboard');
  const fresh = [];
  const asked = questions.find(({ figure }) => figure !== undefined);
  for (let n = 0; n < 5; n++) fresh.push(await freshness(footfall, asked, n));
  const result = { at: new Date().toISOString(), machine, filled, recounts, answers, fresh };
  return { ...result, verdicts: verdictsOf(result, questions) };
}

async function recount(footfall, bare, days) {
  await bare.empty();
  say(`recounting ${days[0]} to ${days.at(-1)}`);
  return { backfill: await backfill(footfall, days[0], days.at(-1)) };
}

const verdictsOf = ({ recounts, answers, fresh }, questions) => [
  ...questions.map(({ name, mostMs }) =>
    atMost(
      `${name}: p95 of uncached answers, warm, ms`,
      [quantile(answers[name].uncached, 0.95)],
      mostMs,
    ),
  ),
  ...(recounts.bare === undefined
    ? []
    : [
        atMost(
          'backfill of 30 days: share of the bare statements',
          [recounts.backfill / recounts.bare],
          1.3,
        ),
      ]),
  atMost('from post to dashboard, s', fresh, 10),
];

/** What more events cost: the answers of two sizes, question by question. */
const growthOf = (base, more) =>
  [0.5, 0.95].flatMap((share) =>
    Object.keys(base.answers).map((name) => {
      const [was, is] = [base, more].map(({ answers }) => quantile(answers[name].uncached, share));
      const milliseconds = `${was.toFixed(1)} → ${is.toFixed(1)} ms`;
      return atMost(`${name}: p${100 * share}, warm, ${milliseconds}`, [is / was], 1.2);
    }),
  );

function reportOf({ machine, filled, recounts, answers, verdicts }) {
  const rate = (seconds) =>
    `${seconds.toFixed(1)} s, ${Math.round(filled.rows / seconds)} events/s`;
  const rows = Object.entries(answers).map(([name, { cold, uncached, cached }]) => [
    name,
    cold[0].toFixed(1),
    ...[cold, uncached, cached]
      .flatMap((times) => [quantile(times, 0.5), quantile(times, 0.95)])
      .map((ms) => ms.toFixed(1)),
  ]);
  return [
    '',
    machineLine(machine),
    '',
    `${filled.rows} raw events of ${DAYS} days, made in ${filled.seconds.toFixed(0)} s`,
    `recounted by a backfill: ${rate(recounts.backfill)}`,
    ...(recounts.bare === undefined
      ? []
      : [`by the same statements, bare, a day at a time: ${rate(recounts.bare)}`]),
    '',
    'Milliseconds at the client, one question at a time:',
    table([
      ['', 'the first', 'cold p50', 'p95', 'warm p50', 'p95', 'asked again p50', 'p95'],
      ...rows,
    ]),
    '',
    verdictTable(verdicts),
    '',
  ].join('\n');
}

async function keep(result) {
  await mkdir(RESULTS, { recursive: true });
  const file = new URL(`dashboards-${result.at.replaceAll(':', '-')}.json`, RESULTS);
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  return fileURLToPath(file);
}

/** Prints the figures and keeps them as JSON, of one size after the other. */
export async function benchDashboards(words, undo, cleanUp) {
  const { values } = parseArgs({
    args: words,
    options: {
      events: { type: 'string', multiple: true, default: ['5000000'] },
      asks: { type: 'string', default: '100' },
    },
  });
  buildIfStale();
  const results = [];
  for (const [n, events] of values.events.entries()) {
    await cleanUp();
    const sizes = { events: Number(events), asks: Number(values.asks), isCompared: n === 0 };
    const result = await measure(undo, sizes);
    console.log(reportOf(result));
    console.log(`as JSON: ${await keep(result)}`);
    results.push(result);
  }
  const [base, ...larger] = results;
  for (const more of larger) {
    console.log(`\n${more.filled.rows} events beside ${base.filled.rows}:`);
    console.log(verdictTable(growthOf(base, more)));
  }
}

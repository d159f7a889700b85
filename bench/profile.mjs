/**
 * Where Footfall's time goes while single events come: `node bench/profile.mjs [seconds]
 * [door]` prints the functions with the most time of their own, in microseconds an event.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from '../scripts/build-if-stale.mjs';
import { OFFERS } from './checkout-events.mjs';
import { doorsNamed } from './doors.mjs';
import { Footfall } from './footfall.mjs';
import { singleVariant } from './variants.mjs';

const seconds = Number(process.argv[2] ?? 10);
const [door] = doorsNamed([process.argv[3] ?? 'checkout']);
const SHOWN = 45;
const WARM_MS = 5000;

/** By the clock that V8 stamps its samples with. */
const nowMicros = () => Number(process.hrtime.bigint() / 1000n);

buildIfStale();
const folder = await mkdtemp(join(tmpdir(), 'footfall-profile-'));
const footfall = await Footfall.start(['--cpu-prof', `--cpu-prof-dir=${folder}`]);
try {
  await footfall.putOffers(OFFERS);
  const headers = door.scope ? await footfall.keyHeaders(door.scope) : {};
  const { run } = singleVariant(footfall, await footfall.postgresPid(), door, headers);
  await run(WARM_MS);
  const fromMicros = nowMicros();
  const { events, cpu, perSecond } = await run(seconds * 1000);
  const toMicros = nowMicros();
  await footfall.stop();
  console.log({ events, perSecond, cpu });
  const [file] = await readdir(folder);
  const profile = JSON.parse(await readFile(join(folder, file), 'utf8'));
  console.table(selfTimes(within(profile, fromMicros, toMicros), events));
} finally {
  await footfall.stop();
  await footfall.removeData();
  await rm(folder, { recursive: true });
}

/** The samples between two times: not the start, nor the compiling of code. */
function within({ nodes, samples, timeDeltas, startTime }, from, to) {
  let at = startTime;
  const taken = samples
    .map((id, i) => ({ id, micros: timeDeltas[i], at: (at += timeDeltas[i]) }))
    .filter((sample) => sample.at >= from && sample.at <= to);
  return { byId: new Map(nodes.map((node) => [node.id, node])), taken };
}

function selfTimes({ byId, taken }, events) {
  const totals = new Map();
  for (const { id, micros } of taken) {
    const { functionName, url, lineNumber } = byId.get(id).callFrame;
    const file = url.split('/').slice(-3).join('/');
    const place = `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
    totals.set(place, (totals.get(place) ?? 0) + micros);
  }
  return [...totals]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([place, total]) => ({ place, 'µs an event': Number((total / events).toFixed(2)) }));
}

import { median } from './rounds.mjs';

/** So many seconds' events are no backlog: the batch in hand, and the one that is filling. */
const IN_PASSING_SECONDS = 0.25;
const MIB = 1024 * 1024;

/** A round in which PostgreSQL did not keep up shows a rate that could not last. */
export const backlogGrew = ({ backlogAtStart, backlogAtEnd, perSecond }) =>
  backlogAtEnd > backlogAtStart + perSecond * IN_PASSING_SECONDS;

/** How many answers were none of success. */
export const failures = ({ statuses = {} }) =>
  Object.values(statuses).reduce((sum, count) => sum + count, 0);

/** A variant against its base, round by round: neighbours in time had the same machine. */
export function ratios(measured, base, figure) {
  return measured.map((round, i) => round[figure] / base[i][figure]);
}

/** What must be reached, and what was: door by door, then of the process as a whole. */
export function judge({ rounds, coldStartMs, integrity }) {
  const doors = Object.entries(rounds);
  const peak = Math.max(...doors.flatMap(([, { single }]) => single.map((r) => r.peakMemory)));
  return [
    ...doors.flatMap(([door, measured]) => judgeDoor(door, measured)),
    atMost('cold start, empty data directory, s', [coldStartMs / 1000], 5),
    atMost('peak memory of the process at full load, MiB', [peak / MIB], 200),
    ...integrity.map(({ name, value, expected }) => exactly(name, value, expected)),
  ];
}

function judgeDoor(door, { bare, single, copy, ...batches }) {
  const cpu = single.map((round) => round.cpu.app + round.cpu.postgres);
  const asked = [...single, ...Object.values(batches).flat()];
  const total = (figure) => asked.reduce((sum, round) => sum + figure(round), 0);
  return [
    atLeast(
      `${door}: single events, durable: share of bare`,
      ratios(single, bare, 'perSecond'),
      0.5,
    ),
    atMost(`${door}: CPU µs a stored event, Footfall and PostgreSQL`, cpu, 90),
    ...Object.entries(batches).map(([batch, measured]) =>
      atLeast(`${door}: ${batch}: share of COPY`, ratios(measured, copy, 'storedPerSecond'), 0.5),
    ),
    exactly(
      `${door}: rounds in which PostgreSQL fell behind`,
      single.filter(backlogGrew).length,
      0,
    ),
    exactly(`${door}: answers that are not 2xx`, total(failures), 0),
    exactly(
      `${door}: connections that broke`,
      total(({ errors }) => errors),
      0,
    ),
  ];
}

export const atLeast = (name, values, least) => ({
  name,
  values,
  value: median(values),
  wanted: `≥ ${least}`,
  reached: median(values) >= least,
});

export const atMost = (name, values, most) => ({
  name,
  values,
  value: median(values),
  wanted: `≤ ${most}`,
  reached: median(values) <= most,
});

export const exactly = (name, value, expected) => ({
  name,
  values: [value],
  value,
  wanted: `= ${expected}`,
  reached: value === expected,
});

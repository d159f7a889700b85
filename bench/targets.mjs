import { median } from './rounds.mjs';

/** So many seconds' events are no backlog: the batch in hand, and the one that is filling. */
const IN_PASSING_SECONDS = 0.25;

/** A round in which PostgreSQL did not keep up shows a rate that could not last. */
export const backlogGrew = ({ backlogAtStart, backlogAtEnd, perSecond }) =>
  backlogAtEnd > backlogAtStart + perSecond * IN_PASSING_SECONDS;

/** A variant against its base, round by round: neighbours in time had the same machine. */
export function ratios(measured, base, figure) {
  return measured.map((round, i) => round[figure] / base[i][figure]);
}

const MIB = 1024 * 1024;

/** What must be reached, and what was. */
export function judge({ rounds: { bare, single, batch, copy }, coldStartMs, integrity }) {
  const cpu = single.map((round) => round.cpu.app + round.cpu.postgres);
  const peakMiB = Math.max(...single.map(({ peakMemory }) => peakMemory)) / MIB;
  const atLeast = (name, values, least) => ({
    name,
    values,
    value: median(values),
    wanted: `≥ ${least}`,
    reached: median(values) >= least,
  });
  const atMost = (name, values, most) => ({
    name,
    values,
    value: median(values),
    wanted: `≤ ${most}`,
    reached: median(values) <= most,
  });
  return [
    atLeast('single events, durable: share of bare', ratios(single, bare, 'perSecond'), 0.5),
    atMost('CPU µs a stored event, Footfall and PostgreSQL', cpu, 90),
    atLeast('batch door: share of COPY', ratios(batch, copy, 'storedPerSecond'), 0.5),
    atMost('cold start, empty data directory, s', [coldStartMs / 1000], 5),
    atMost('peak memory of the process at full load, MiB', [peakMiB], 200),
    {
      name: 'rounds in which PostgreSQL fell behind',
      values: [single.filter(backlogGrew).length],
      value: single.filter(backlogGrew).length,
      wanted: '0',
      reached: !single.some(backlogGrew),
    },
    ...integrity.map(({ name, value, expected }) => ({
      name,
      values: [value],
      value,
      wanted: `= ${expected}`,
      reached: value === expected,
    })),
  ];
}

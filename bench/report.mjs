import { median } from './rounds.mjs';
import { backlogGrew, failures } from './targets.mjs';

const whole = (value) => (value === undefined ? '' : String(Math.round(value)));
const tenths = (value) => (value === undefined ? '' : value.toFixed(1));
const short = (value) => (Number.isInteger(value) ? String(value) : value.toPrecision(3));

const NAMES = {
  bare: 'bare node:http, parse, 204',
  single: 'Footfall, one event',
  copy: 'COPY, 5000 rows',
};

const nameOf = (variant) => NAMES[variant] ?? `Footfall, ${variant}`;

const COLUMNS = [
  ['events/s', ({ perSecond, storedPerSecond }) => whole(storedPerSecond ?? perSecond)],
  ['p50 ms', ({ p50Ms }) => tenths(p50Ms)],
  ['p99 ms', ({ p99Ms }) => tenths(p99Ms)],
  ['app µs', ({ cpu }) => tenths(cpu.app)],
  ['pg µs', ({ cpu }) => tenths(cpu.postgres)],
  ['gen µs', ({ cpu }) => tenths(cpu.generator)],
  ['MiB', ({ peakMemory }) => whole(peakMemory && peakMemory / 1024 ** 2)],
  ['backlog', backlogOf],
  ['drain ms', ({ drainMs }) => whole(drainMs)],
  ['not 2xx', (round) => (round.statuses ? whole(failures(round)) : '')],
  ['errors', ({ errors }) => whole(errors)],
];

function backlogOf(round) {
  if (round.backlogAtEnd === undefined) return '';
  const grew = round.name === 'single' && backlogGrew(round);
  return `${round.backlogAtStart} → ${round.backlogAtEnd}${grew ? ' GREW' : ''}`;
}

/** The whole result as a person reads it. */
export function reportOf({ rounds, verdicts, machine }) {
  return [
    '',
    machineLine(machine),
    '',
    ...Object.entries(rounds).flatMap(([door, measured]) => [
      `${door}:`,
      table(roundRows(measured)),
      '',
    ]),
    'CPU is user and system, an event, until the log is drained; "gen" is the load generator, which',
    'shares the cores: where it fills one, it limits the quickest variant. Batches and COPY are rows',
    'stored a second, the time to drain counted in.',
    '',
    verdictTable(verdicts),
    '',
  ].join('\n');
}

export const verdictTable = (verdicts) =>
  table([['', 'median', 'range', 'wanted', ''], ...verdicts.map(verdictRow)]);

export const machineLine = ({ node, postgres, cores, model, load, syncMicros, durability }) =>
  [
    `Node ${node}, PostgreSQL ${postgres}, ${cores} × ${model}, load of the machine before: ${load}`,
    `a synced write of 4 KiB where the data lies: ${syncMicros} µs (median)`,
    Object.entries(durability)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  ].join('\n');

function roundRows(rounds) {
  const rows = [['', 'round', ...COLUMNS.map(([title]) => title)]];
  for (const [name, measured] of Object.entries(rounds)) {
    measured.forEach((round, i) => {
      const cells = COLUMNS.map(([, cell]) => cell({ ...round, name }));
      rows.push([i === 0 ? nameOf(name) : '', String(i + 1), ...cells]);
    });
    if (measured.length > 1) rows.push(['', 'median', ...medians(measured)]);
  }
  return rows;
}

/** Of the figures only: the others are read round by round. */
function medians(measured) {
  return COLUMNS.slice(0, 7).map(([, cell]) => {
    const values = measured.map((round) => Number(cell(round)));
    const digits = cell(measured[0]).includes('.') ? 1 : 0;
    return cell(measured[0]) === '' ? '' : median(values).toFixed(digits);
  });
}

function verdictRow({ name, values, value, wanted, reached }) {
  const range =
    values.length > 1 ? `${short(Math.min(...values))}–${short(Math.max(...values))}` : '';
  return [name, short(value), range, wanted, reached ? '✓' : '✗'];
}

export function table(rows) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row) =>
    widths
      .map((width, i) => (i === 0 ? (row[i] ?? '').padEnd(width) : (row[i] ?? '').padStart(width)))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

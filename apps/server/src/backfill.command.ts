import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Backfills, backfillsOf, BackfillWorker } from '#libs/aggregation';
import { AggregateDailyMetricsDto, type BackfillDetailView, BackfillDto } from '#libs/contracts';
import type { Database } from '#libs/database';
import { strictValidation } from '#libs/platform';
import { BackfillBar } from './backfill-bar.js';
import { understood, UsageError } from './command-words.js';

export const BACKFILL_USAGE = `Usage:
  backfill --from <day> --to <day> [--dry-run] [--rollup <rollup> …]
  backfill --resume <id>
  aggregate --date <day>
Days are UTC days, YYYY-MM-DD, and both are included. Ctrl-C stops before the next day.
`;

const LOOK_EVERY_MS = 300;
/** A worker that lives takes what waits within a second or two. */
const PATIENCE_MS = 5000;

/** What a command writes to, and what ends it early, but in good order. */
export interface CommandStreams {
  /** What it found. */
  readonly output: Writable;
  /** For the person: progress, and what became of it. */
  readonly messages: Writable & { readonly isTTY?: boolean };
  readonly stop: AbortSignal;
}

/**
 * Runs `backfill …` as typed after that word. Asks as the endpoint does, so that a running worker
 * does it, and shows how far that is; where none takes it, does the work itself. Answers the exit
 * code: 0 it is done, 1 it was stopped or given up, 2 it was not understood.
 */
export const runBackfillCommand = (
  database: Database,
  words: readonly string[],
  streams: CommandStreams,
): Promise<number> =>
  understood(
    async () => {
      const backfills = backfillsOf(database);
      return follow(database, await askedFor(backfills, words), streams);
    },
    streams.messages,
    BACKFILL_USAGE,
  );

/** Runs `aggregate …` as typed after that word, likewise. */
export const runAggregateCommand = (
  database: Database,
  words: readonly string[],
  streams: CommandStreams,
): Promise<number> =>
  understood(
    async () => {
      const { values } = parseArgs({ args: [...words], options: { date: { type: 'string' } } });
      const wanted = await checked(AggregateDailyMetricsDto, values);
      return follow(database, await backfillsOf(database).aggregateDailyMetrics(wanted), streams);
    },
    streams.messages,
    BACKFILL_USAGE,
  );

async function askedFor(
  backfills: Backfills,
  words: readonly string[],
): Promise<BackfillDetailView> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      'dry-run': { type: 'boolean' },
      rollup: { type: 'string', multiple: true },
      resume: { type: 'string' },
    },
  });
  const { from, to, rollup: rollups, resume, 'dry-run': dryRun } = values;
  if (resume === undefined) {
    return backfills.request(await checked(BackfillDto, { from, to, dryRun, rollups }));
  }
  if (Object.keys(values).length > 1) throw new UsageError('"--resume" stands alone.');
  const resumed = /^\d{1,15}$/.test(resume) ? await backfills.resume(Number(resume)) : null;
  if (resumed === null) throw new UsageError(`There is no backfill ${resume}.`);
  return resumed;
}

/** By the rules of the endpoint. @throws ContractBreachError */
async function checked<Dto>(dto: new () => Dto, typed: object): Promise<Dto> {
  const said = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
  return (await strictValidation().transform(said, { type: 'body', metatype: dto })) as Dto;
}

async function follow(
  database: Database,
  asked: BackfillDetailView,
  { output, messages, stop }: CommandStreams,
): Promise<number> {
  const worker = new BackfillWorker(database);
  const bar = new BackfillBar(messages, asked);
  try {
    const ended = await untilItEnds(backfillsOf(database), asked.id, { worker, bar, stop });
    bar.stop();
    output.write(differencesOf(ended));
    messages.write(summaryOf(ended));
    return ended.state === 'done' ? 0 : 1;
  } finally {
    bar.stop();
    await worker.stop();
  }
}

async function untilItEnds(
  backfills: Backfills,
  id: number,
  { worker, bar, stop }: { worker: BackfillWorker; bar: BackfillBar; stop: AbortSignal },
): Promise<BackfillDetailView> {
  let lastMovedMs = performance.now();
  let before = '';
  for (;;) {
    const view = (await backfills.find(id)) as BackfillDetailView;
    bar.show(view);
    if (view.state !== 'queued' && view.state !== 'running') return view;
    const now = `${view.state} ${view.daysDone}`;
    if (now !== before) lastMovedMs = performance.now();
    before = now;
    if (stop.aborted) {
      await worker.stop();
      await backfills.stop(id); // again and again: whoever works on it may die before it stops
      await pause(LOOK_EVERY_MS);
    } else {
      // By its lease it does nothing while another one works.
      if (performance.now() - lastMovedMs > PATIENCE_MS) worker.start();
      await pause(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}

function differencesOf({ doneDays }: BackfillDetailView): string {
  return doneDays
    .filter(({ difference }) => difference > 0)
    .map(({ day, differences }) => {
      const found = differences.map(({ of, rows }) => `${of} ${rows}`).join(', ');
      return `${day}: ${found}\n`;
    })
    .join('');
}

function summaryOf(backfill: BackfillDetailView): string {
  const { id, state, days, daysDone, rows, rowsPerSecond, difference, dryRun, error } = backfill;
  const what = dryRun ? 'would be mended' : 'were wrong, and are mended';
  const rate = rowsPerSecond === null ? '' : `, ${rowsPerSecond} events/s`;
  const summary = `${daysDone} of ${days} days, ${rows} events${rate}: ${difference} rows ${what}.\n`;
  if (state === 'done') return summary;
  const why = state === 'failed' ? `Given up: ${error}` : 'Stopped.';
  return `${summary}${why} Go on with: npm run footfall -- backfill --resume ${id}\n`;
}

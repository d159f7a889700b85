import type { Writable } from 'node:stream';
import type { JobView } from '#libs/contracts';
import { jobsOf } from '#libs/dashboards';
import type { Database } from '#libs/database';
import { understood, UsageError } from './command-words.js';

export const JOBS_USAGE = `Usage:
  jobs
Lists the jobs that keep the figures, each with what it did last.
`;

/** Runs `jobs`. Answers the exit code: 1 where the last run of a job failed. */
export const runJobsCommand = (
  database: Database,
  words: readonly string[],
  { output, messages }: { readonly output: Writable; readonly messages: Writable },
): Promise<number> =>
  understood(
    async () => {
      if (words.length > 0) throw new UsageError('"jobs" takes nothing more.');
      const { items } = await jobsOf(database).list();
      output.write(tableOf(items.map(cellsOf)));
      return items.some(({ runs }) => runs[0]?.error) ? 1 : 0;
    },
    messages,
    JOBS_USAGE,
  );

const HEAD = ['job', 'schedule', 'waits', 'last run', 'took', 'rows', 'state'];

function cellsOf({ id, schedule, isRunning, lagSeconds, runs }: JobView): readonly string[] {
  const [last] = runs;
  const state = isRunning ? 'running' : 'idle';
  return [
    id,
    schedule,
    lagSeconds === null ? '-' : `${lagSeconds} s`,
    last?.endedAt ?? 'never',
    last ? `${last.durationMs} ms` : '-',
    last ? String(last.rows) : '-',
    last?.error ? `FAILED ${last.error}` : state,
  ];
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const all = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { RetainedContractView, RetentionPreview } from '#libs/contracts';
import type { Database } from '#libs/database';
import { AggregationLog } from '../aggregation.log.js';
import { JobRunsRepository } from '../jobs/job-runs.repository.js';
import { RunAlone } from '../jobs/run-alone.js';
import { Work } from '../jobs/work.js';
import { Retention } from './retention.js';
import type { RetentionPolicy } from './retention-policy.js';
import { RetentionProgress } from './retention-progress.js';
import { RetentionRepository } from './retention.repository.js';

export const RETENTION_USAGE = `Usage:
  retention [--dry-run]
Removes now what the job "retention" would remove tonight: events that were kept for as long as
RETENTION_CHECKOUT, _TRACKING, _ANALYTICS and _COMMERCE say, and old rejected events. --dry-run
only tells.
`;

const JOB = 'retention';

/** What the command writes, and what ends it early. */
export interface RetentionStreams {
  /** What would go, or went. */
  readonly output: Writable;
  /** For the person: progress, and what went wrong. */
  readonly messages: Writable & { readonly isTTY?: boolean };
  readonly stop: AbortSignal;
}

/** Runs `retention …` as typed after that word. Answers the exit code. */
export async function runRetentionCommand(
  database: Database,
  words: readonly string[],
  streams: RetentionStreams,
  policy: RetentionPolicy,
): Promise<number> {
  const isDry = isDryRun(words);
  if (isDry === null) {
    streams.messages.write(RETENTION_USAGE);
    return 2;
  }
  const stored = new RetentionRepository(database);
  const retention = new Retention(stored, policy, new AggregationLog());
  const preview = await retention.preview(new Date());
  streams.output.write(linesOf(preview));
  return isDry ? 0 : remove(database, retention, preview, streams);
}

/** Null where that is not what was typed. */
function isDryRun(words: readonly string[]): boolean | null {
  try {
    const options = { 'dry-run': { type: 'boolean' } } as const;
    return parseArgs({ args: [...words], options }).values['dry-run'] ?? false;
  } catch {
    return null;
  }
}

/** As the job of that name: never beside it, and with an entry among its runs. */
async function remove(
  database: Database,
  retention: Retention,
  preview: RetentionPreview,
  { output, messages, stop }: RetentionStreams,
): Promise<number> {
  const lease = new AbortController();
  const progress = new RetentionProgress(messages, preview);
  const work = new Work(new Date(), AbortSignal.any([stop, lease.signal]));
  let error: string | null = null;
  const isOurs = await new RunAlone(database).run(
    JOB,
    async () => {
      const gone: Parameters<Retention['run']>[0]['gone'] = (part) => {
        work.did({ rows: part.rows });
        progress.gone(part);
      };
      await retention.run({ now: work.now, stop: work.stop, gone }).catch((problem: unknown) => {
        error = stop.aborted ? 'stopped by hand' : String(problem);
      });
      const run = { job: JOB, startedAt: work.now, endedAt: new Date(), error } as const;
      await new JobRunsRepository(database).add({ ...run, ...work.done() });
    },
    lease,
  );
  progress.stop();
  if (!isOurs) {
    messages.write('It is under way already, in another process.\n');
    return 1;
  }
  output.write(`${work.rows} rows removed.\n`);
  if (error !== null) messages.write(`${String(error)}\n`);
  return error === null ? 0 : 1;
}

const linesOf = ({ contracts, rejectedEvents: { before, rows } }: RetentionPreview): string =>
  [
    ...contracts.map(lineOf),
    `rejected events: ${before === null ? 'kept for ever' : `${rows} from before ${before}`}`,
    '',
  ].join('\n');

function lineOf(view: RetainedContractView): string {
  const { contract, before, partitions, defaultRows, eventKeys, notes } = view;
  if (before === null) return `${contract}: kept for ever`;
  const rows = partitions.reduce((sum, each) => sum + each.rows, 0);
  const mebibytes = partitions.reduce((sum, each) => sum + each.bytes, 0) / 1_048_576;
  return (
    `${contract}: from before ${before.slice(0, 10)} ${partitions.length} partitions (about ` +
    `${rows} rows, ${mebibytes.toFixed(1)} MiB), ${defaultRows} rows of the DEFAULT partition, ` +
    `${eventKeys} keys, ${notes} notes`
  );
}

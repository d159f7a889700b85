import 'reflect-metadata';
import { resolve } from 'node:path';
import { KEYS_USAGE, runKeysCommand } from '#libs/access';
import { policyOf, RETENTION_USAGE, runRetentionCommand } from '#libs/aggregation';
import { type Database, hasCluster, openDatabase, runningEmbeddedUrl } from '#libs/database';
import { CATALOG_USAGE, OFFERS_USAGE, runCatalogCommand, runOffersCommand } from '#libs/offers';
import { type Config, loadConfig, PinoLogger } from '#libs/platform';
import { Logger } from '@nestjs/common';
import { migrations } from '../../../migrations/index.js';
import { BACKFILL_USAGE, runAggregateCommand, runBackfillCommand } from './backfill.command.js';
import { JOBS_USAGE, runJobsCommand } from './jobs.command.js';
import { Postgres } from './postgres.js';

const USAGE = `footfall <command>\n\n${KEYS_USAGE}\n${OFFERS_USAGE}\n${CATALOG_USAGE}\n${BACKFILL_USAGE}\n${JOBS_USAGE}\n${RETENTION_USAGE}`;

/**
 * Runs `work` against the database that Footfall uses: the one of a running process, else our own
 * server, started for as long as the command takes.
 *
 * @throws where `DATA_DIR` holds none: a command that made a new one would speak of nothing.
 */
async function withDatabase(
  config: Config,
  work: (database: Database) => Promise<number>,
): Promise<number> {
  const dataDir = resolve(config.DATA_DIR);
  const running = config.DATABASE_URL ?? (await runningEmbeddedUrl(dataDir));
  if (running === null && !(await hasCluster(dataDir))) throw new Error(noDatabaseIn(dataDir));
  const postgres = running === null ? await Postgres.prepare(config) : null;
  try {
    const url = running ?? (await (postgres as Postgres).url());
    const { database, close } = await openDatabase(url, migrations);
    try {
      return await work(database);
    } finally {
      await close();
    }
  } finally {
    await postgres?.stop();
  }
}

const noDatabaseIn = (dataDir: string): string =>
  `There is no database in ${dataDir}. Start Footfall there first, or say where it is: its folder ` +
  'as DATA_DIR, or a PostgreSQL of your own as DATABASE_URL.';

/** The first Ctrl-C ends in good order, whatever else runs; a second one ends at once. */
function interruption(): AbortSignal {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  return stop.signal;
}

const COMMANDS: ReadonlyMap<string, typeof runOffersCommand> = new Map([
  ['offers', runOffersCommand],
  ['catalog', runCatalogCommand],
  ['backfill', runBackfillCommand],
  ['aggregate', runAggregateCommand],
  ['jobs', runJobsCommand],
  [
    'retention',
    (database, words, streams) =>
      runRetentionCommand(database, words, streams, policyOf(loadConfig())),
  ],
]);

async function run([command, ...words]: readonly string[]): Promise<number> {
  if (command === 'keys') {
    return withDatabase(loadConfig(), (database) =>
      runKeysCommand(database, words, process.stdout),
    );
  }
  const known = command === undefined ? undefined : COMMANDS.get(command);
  if (known !== undefined) {
    return withDatabase(loadConfig(), (database) =>
      known(database, words, {
        input: process.stdin,
        output: process.stdout,
        messages: process.stderr,
        stop: interruption(),
      }),
    );
  }
  process.stderr.write(USAGE);
  return 2;
}

// What a command answers is all that its standard output bears: a script may take a key from it.
Logger.overrideLogger(new PinoLogger('warn', process.stderr));
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

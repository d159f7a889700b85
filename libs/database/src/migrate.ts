import { BackOff, pause } from '#libs/platform';
import {
  connectionOptions,
  createDataSource,
  MIGRATION_LIMITS,
  type Migrations,
} from './data-source-options.js';
import { PostgresClient } from './postgres-client.js';

/** Any number, the same in every version of Footfall. */
const MIGRATING = 706_682_837;

/** Without parameters: with some, its portal would keep a snapshot for as long as the lock is held. */
const TRY_TO_LOCK = `SELECT pg_try_advisory_xact_lock(${MIGRATING}) AS mine`;

const LOCK_LIMITS = { connectMs: 5000, answerMs: 10_000 };

/**
 * Runs what has not run yet, in one process at a time: others wait until it is done. Answers the
 * names of what ran. @throws when the database is away, or a migration fails, which is rolled back.
 */
export async function migrate(
  url: string,
  migrations: Migrations,
  stop: AbortSignal = new AbortController().signal,
): Promise<string[]> {
  const lock = new PostgresClient({
    connectionString: url,
    ...connectionOptions(LOCK_LIMITS),
  });
  lock.on('error', () => undefined); // whoever uses it next, hears of it
  await lock.connect();
  try {
    await takeTurn(lock, stop);
    return await run(url, migrations);
  } finally {
    await lock.end().catch(() => undefined);
  }
}

/**
 * A lock of a transaction, so that it works behind a pooler; tried rather than waited for, since a
 * statement that waits holds a snapshot, for which `CREATE INDEX CONCURRENTLY` would wait in turn.
 */
async function takeTurn(lock: PostgresClient, stop: AbortSignal): Promise<void> {
  const backOff = new BackOff();
  while (!stop.aborted) {
    await lock.query('BEGIN');
    const { rows } = await lock.query<{ mine: boolean }>(TRY_TO_LOCK);
    if (rows[0]?.mine === true) return;
    await lock.query('ROLLBACK');
    await pause(Math.min(500, backOff.next()), stop);
  }
  throw new Error('stopped before the migrations ran');
}

async function run(url: string, migrations: Migrations): Promise<string[]> {
  const dataSource = createDataSource({ url, migrations, poolSize: 1, limits: MIGRATION_LIMITS });
  await dataSource.initialize();
  try {
    const ran = await dataSource.runMigrations();
    return ran.map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}

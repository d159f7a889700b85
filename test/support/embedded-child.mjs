/**
 * A process that holds a data directory and its PostgreSQL, as Footfall does, to be killed by a
 * test. Says one line of JSON when it is ready, and stops in good order on SIGTERM.
 */
import { join } from 'node:path';
import { Logger } from '@nestjs/common';

Logger.overrideLogger(false);
const room = join(import.meta.dirname, '../../dist/libs/database/src/index.js');
const { DataDirLock, EmbeddedPostgres } = await import(room);

const [dataDir, elsewhere] = process.argv.slice(2);

async function stop(lock, postgres) {
  await postgres.stop();
  await lock.release();
  process.exit(0);
}

try {
  const lock = await DataDirLock.take(dataDir);
  const postgres = await EmbeddedPostgres.start({ dataDir, elsewhere });
  process.once('SIGTERM', () => void stop(lock, postgres));
  setInterval(() => {}, 1000);
  const { url, dataDirectory, adopted, runsAs } = postgres;
  console.log(JSON.stringify({ url, dataDirectory, adopted, runsAs }));
} catch (error) {
  console.log(JSON.stringify({ error: error.message }));
  process.exit(1);
}

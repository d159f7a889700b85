import { resolve } from 'node:path';
import { createDataSource, MIGRATION_LIMITS, runningEmbeddedUrl } from '#libs/database';
import { loadConfig } from '#libs/platform';
import { migrations } from './migrations/index.js';

const { DATABASE_URL, DATA_DIR } = loadConfig();
const url = DATABASE_URL ?? (await runningEmbeddedUrl(resolve(DATA_DIR)));
if (url === null) throw new Error('Set DATABASE_URL, or start Footfall: which database is meant?');

/** For the command line of TypeORM (`npm run migrate`); the application wires the same parts itself. */
export default createDataSource({ url, migrations, poolSize: 1, limits: MIGRATION_LIMITS });

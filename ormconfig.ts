import { createDataSource, MIGRATION_LIMITS } from '#libs/database';
import { loadConfig } from '#libs/platform';
import { migrations } from './migrations/index.js';

const { DATABASE_URL } = loadConfig();
if (DATABASE_URL === undefined) throw new Error('Set DATABASE_URL: which database is meant?');

/** For the command line of TypeORM (`npm run migrate`); the application wires the same parts itself. */
export default createDataSource({
  url: DATABASE_URL,
  migrations,
  poolSize: 1,
  limits: MIGRATION_LIMITS,
});

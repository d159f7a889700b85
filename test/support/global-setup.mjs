import { buildIfStale } from '../../scripts/build-if-stale.mjs';
import { startForgetfulPostgres } from './postgres.mjs';

/**
 * Builds, since tests that kill processes start `dist`, and boots one PostgreSQL for the run.
 * Where `DATABASE_URL` is set (CI: other versions of PostgreSQL), that server is used instead.
 */
export default async function setUp() {
  try {
    buildIfStale({ quiet: true });
  } catch (error) {
    // Most tests need no build, and those that do say what they miss.
    console.error(`${error.message} Tests that start dist will fail.`);
  }
  if (process.env.DATABASE_URL) return;
  const postgres = await startForgetfulPostgres();
  globalThis.footfallTestPostgres = postgres;
  process.env.DATABASE_URL = postgres.url;
}

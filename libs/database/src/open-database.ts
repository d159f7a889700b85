import { createDataSource, type Migrations } from './data-source-options.js';
import type { Database } from './database.js';
import { migrate } from './migrate.js';
import { PostgresDatabase } from './postgres-database.js';

/** A migrated database for a command that runs and ends. @throws when it is away: it is tried once. */
export async function openDatabase(
  url: string,
  migrations: Migrations,
): Promise<{ readonly database: Database; readonly close: () => Promise<void> }> {
  await migrate(url, migrations);
  const dataSource = createDataSource({ url, migrations, poolSize: 2 });
  await dataSource.initialize();
  const database = new PostgresDatabase(dataSource);
  database.opened();
  return { database, close: () => dataSource.destroy() };
}

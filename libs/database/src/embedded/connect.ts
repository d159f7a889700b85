import { realpath } from 'node:fs/promises';
import { connectionOptions } from '../data-source-options.js';
import { PostgresClient } from '../postgres-client.js';
import { ROLE } from './cluster.js';

const LIMITS = { connectMs: 2000, answerMs: 5000 };
const DATABASE = 'footfall';

export const urlOf = (password: string, port: number, database = DATABASE): string =>
  `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`;

/** Whether the server there is the one of this cluster. A port may have passed to another. */
export async function answers(url: string, cluster: string): Promise<boolean> {
  try {
    const [row] = await ask<{ directory: string }>(
      url,
      "SELECT current_setting('data_directory') AS directory",
    );
    return row !== undefined && (await realpath(row.directory)) === (await realpath(cluster));
  } catch {
    // Not yet, not any more, or a stranger: each is a no.
    return false;
  }
}

/** After a first start that was killed half-way, the cluster may be there without it. */
export async function ensureDatabase(url: string): Promise<void> {
  const known = await ask(url, `SELECT FROM pg_database WHERE datname = '${DATABASE}'`);
  if (known.length === 0) await ask(url, `CREATE DATABASE ${DATABASE}`);
}

async function ask<Row>(url: string, statement: string): Promise<Row[]> {
  const client = new PostgresClient({ connectionString: url, ...connectionOptions(LIMITS) });
  client.on('error', () => undefined); // the statement that waits, rejects
  try {
    await client.connect();
    const { rows } = await client.query(statement);
    return rows as Row[];
  } finally {
    await client.end();
  }
}

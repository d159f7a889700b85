import { readFile, realpath } from 'node:fs/promises';
import { answers, urlOf } from './connect.js';
import { readPidFile } from './pid-file.js';
import { knownCluster, passwordFileOf } from './server-home.js';

/**
 * Where the embedded PostgreSQL of a running Footfall listens, or null: for commands that work
 * beside it and hold no lock.
 */
export async function runningEmbeddedUrl(dataDir: string): Promise<string | null> {
  const directory = await realpath(dataDir).catch(() => null);
  const cluster = directory === null ? null : await knownCluster(directory);
  if (directory === null || cluster === null) return null;
  const server = await readPidFile(cluster);
  const password = await readFile(passwordFileOf(directory), 'utf8').catch(() => null);
  if (server === null || password === null) return null;
  const url = urlOf(password.trim(), server.port);
  return (await answers(url, cluster)) ? url : null;
}

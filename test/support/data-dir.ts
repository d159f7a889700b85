import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty data directory. As root PostgreSQL runs as another user, who must be able to enter. */
export async function makeDataDir(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'footfall-'));
  await chmod(directory, 0o711);
  return directory;
}

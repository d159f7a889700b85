// What `npm publish` would send.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildClient, CLIENT } from './client-build.mjs';

const OF_THE_PACKAGE = ['package.json', 'README.md', 'CHANGELOG.md'];

/**
 * Packs what stands in a folder, a copy that `stageClient` made or the room itself; answers the
 * tarball's path, in the folder `into`.
 */
export function packClient(folder, into) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', into];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, stdout, stderr } = spawnSync(npm, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`);
  const [{ filename }] = Object.values(JSON.parse(stdout));
  return join(into, filename);
}

/** Builds a copy of the package of its own, so that nobody who builds meanwhile is in the way. */
export function stageClient(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of OF_THE_PACKAGE) cpSync(join(CLIENT, name), join(folder, name));
  buildClient(join(folder, 'dist'));
}

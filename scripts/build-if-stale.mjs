import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stamp = join(dist, '.sources');

/** What the build reads. Anything else may change without a new build. */
const SOURCES = ['apps/server', 'libs', 'migrations'];
const SETTINGS = ['ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

/** A package of its own, which the server does not use. */
const CLIENT = join(root, 'libs/client/');

const filesBelow = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name))
    .filter((entry) => !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(CLIENT))
    .sort();

/** By content: a clone or a checkout changes times without changing anything. */
function sourcesHash() {
  const hash = createHash('sha256');
  const files = [...SOURCES.flatMap(filesBelow), ...SETTINGS.map((name) => join(root, name))];
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}

/**
 * Builds `dist` when it is missing or made from other sources; quick when there is nothing to do.
 * Where only `dist` was shipped there is nothing to compare, and it is taken as it is. What is
 * there stays in place, since another process may be running from it.
 */
export function buildIfStale({ quiet = false } = {}) {
  if (!existsSync(join(root, 'apps/server/src'))) return;
  const hash = sourcesHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const nest = join(root, 'node_modules/@nestjs/cli/bin/nest.js');
  if (!existsSync(nest)) {
    throw new Error(
      'There is no build, and the development dependencies that make one are missing: run "npm ci".',
    );
  }
  if (!quiet) console.error('Building Footfall (only when its sources changed) …');
  const build = spawnSync(process.execPath, [nest, 'build', 'server'], {
    cwd: root,
    stdio: ['ignore', quiet ? 'ignore' : 2, 2],
  });
  if (build.status !== 0) throw new Error('The build failed.');
  writeFileSync(stamp, hash);
}

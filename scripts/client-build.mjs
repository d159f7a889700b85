// Builds the package @footfall/client, each of its rooms against the library of the place where it
// runs: browsers know no Node.js, servers no DOM.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

export const CLIENT = resolve(import.meta.dirname, '../libs/client');

const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** Replaces what was built there. @throws where a room does not compile. */
export function buildClient(folder = join(CLIENT, 'dist')) {
  rmSync(folder, { recursive: true, force: true });
  for (const config of ['tsconfig.json', 'tsconfig.browser.json']) {
    const args = [TSC, '-p', join(CLIENT, config), '--outDir', folder];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${config} does not compile:\n${stdout}`);
  }
}

if (process.argv[1] === import.meta.filename) buildClient();

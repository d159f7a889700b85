import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const BUILT = join(ROOT, 'dist');

/** Fails in our own code, and tells where. */
const FAILS = `
  const { showSourcesInStackTraces } = await import('${BUILT}/apps/server/src/stack-traces.js');
  const { loadConfig } = await import('${BUILT}/libs/platform/src/index.js');
  showSourcesInStackTraces();
  try { loadConfig({ PORT: 'none' }) } catch (error) { console.log(error.stack) }
`;

it('names the line of the source in a stack trace of what was built', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    FAILS,
  ]);

  const [, file, line] = /at loadConfig \(file:\/\/(.+?):(\d+):\d+\)/.exec(stdout)!;
  expect(file).toBe(join(ROOT, 'libs/platform/src/config/config.ts'));
  const source = await readFile(file!, 'utf8');
  expect(source.split('\n')[Number(line) - 1]).toContain('throw new Error');
  expect(stdout).toMatch(/^Error: Invalid environment:\n/);
});

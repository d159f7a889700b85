import { spawnSync } from 'node:child_process';
import { describe } from '@jest/globals';

type Suite = typeof describe.skip;

/**
 * A `describe` that is skipped, with its reason, where this machine lacks something. In CI nothing
 * may be lacking, so the tests run there and fail.
 */
export function describeWith(has: boolean, what: string): Suite {
  if (has || process.env['CI'] === 'true') return describe;
  process.stderr.write(`Skipped: ${what}.\n`);
  return describe.skip;
}

/** Whether a program is on the PATH. */
export const hasProgram = (name: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

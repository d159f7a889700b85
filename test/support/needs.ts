import { spawnSync } from 'node:child_process';
import { describe } from '@jest/globals';

type Suite = (name: string, tests: () => void) => void;

/**
 * A `describe` that is skipped, with its reason, where this machine lacks something. In CI nothing
 * may be lacking, so the tests run there and fail.
 */
export const describeWith = (has: boolean, what: string): Suite =>
  has || process.env['CI'] === 'true'
    ? describe
    : (name, tests) => describe.skip(`${name} (skipped: ${what})`, tests);

/** Whether a program is on the PATH. */
export const hasProgram = (name: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

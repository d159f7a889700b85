import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallVolume {
  readonly path: string;
  remove(): void;
}

/** A volume of so many bytes, in memory; null where this user cannot mount one. */
export function mountSmallVolume(bytes: number): SmallVolume | null {
  if (process.platform !== 'linux') return null;
  const path = mkdtempSync(join(tmpdir(), 'journal-volume-'));
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]);
  if (mount.status === 0) {
    return {
      path,
      remove() {
        spawnSync('umount', ['--lazy', path]);
        rmSync(path, { recursive: true });
      },
    };
  }
  rmSync(path, { recursive: true });
  return null;
}

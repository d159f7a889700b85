import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A volume of its own, so small that a test can fill it. */
export class SmallVolume {
  private constructor(readonly path: string) {}

  /** @throws where this user may not mount. */
  static mount(mebibytes: number): SmallVolume {
    const path = mkdtempSync(join(tmpdir(), 'footfall-volume-'));
    const options = `size=${mebibytes}m,mode=0700`;
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], {
      encoding: 'utf8',
    });
    if (status === 0) return new SmallVolume(path);
    rmSync(path, { recursive: true });
    throw new Error(`cannot mount a volume: ${stderr}`);
  }

  /** False where tests about volumes must be skipped; root in an ordinary container may lack it. */
  static get canBeMounted(): boolean {
    if (process.platform !== 'linux') return false;
    try {
      SmallVolume.mount(1).unmount();
      return true;
    } catch {
      return false;
    }
  }

  /** The journal of whoever starts with this `DATA_DIR` lies on the volume. */
  takeJournalOf(dataDir: string): void {
    symlinkSync(this.path, join(dataDir, 'journal'));
  }

  unmount(): void {
    spawnSync('umount', ['--lazy', this.path]);
    rmSync(this.path, { recursive: true, force: true });
  }
}

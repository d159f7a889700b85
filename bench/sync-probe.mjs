import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const WRITES = 300;
const BLOCK = Buffer.alloc(4096, 'x');
const TMPFS = 0x01021994;

/** Whether what is written to a folder never reaches a disk. */
export const isInMemory = async (directory) => (await statfs(directory)).type === TMPFS;

/** Median microseconds of a 4 KiB write with its fdatasync, into a file of which the space is there. */
export async function syncProbe(directory) {
  const path = join(directory, 'sync-probe');
  const file = await open(path, 'w');
  try {
    for (let i = 0; i < WRITES; i++) await file.write(BLOCK, 0, BLOCK.length, i * BLOCK.length);
    await file.sync();
    const micros = [];
    for (let i = 0; i < WRITES; i++) {
      const startedMs = performance.now();
      await file.write(BLOCK, 0, BLOCK.length, i * BLOCK.length);
      await file.datasync();
      micros.push((performance.now() - startedMs) * 1000);
    }
    return Math.round(micros.toSorted((a, b) => a - b)[WRITES >> 1]);
  } finally {
    await file.close();
    await rm(path);
  }
}

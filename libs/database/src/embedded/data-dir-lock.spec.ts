import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataDirInUseError, DataDirLock } from './data-dir-lock.js';

describe('the lock on a data directory', () => {
  let directory: string;
  const held: DataDirLock[] = [];

  const take = async (dataDir = directory): Promise<DataDirLock> => {
    const lock = await DataDirLock.take(dataDir, 0);
    held.push(lock);
    return lock;
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'footfall-lock-'));
  });
  afterEach(async () => {
    await Promise.all(held.splice(0).map((lock) => lock.release()));
    await rm(directory, { recursive: true, force: true });
  });

  it('is had by one process, and tells another who has it', async () => {
    await take();

    const second = take();

    await expect(second).rejects.toThrow(DataDirInUseError);
    await expect(second).rejects.toThrow(`process ${process.pid}`);
  });

  it('is free again after its release', async () => {
    const first = await take();
    await first.release();

    await expect(take()).resolves.toBeInstanceOf(DataDirLock);
  });

  it('is won by one of many who find a dead claim at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      await writeFile(join(directory, `lock.${round * 10 + 1}.json`), '{"pid":1,"socket":"gone"}');

      const tries = await Promise.allSettled(Array.from({ length: 8 }, () => take()));

      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await Promise.all(held.splice(0).map((lock) => lock.release()));
    }
  });

  it('is taken over from a claim that a crash cut off', async () => {
    await writeFile(join(directory, 'lock.7.json'), '{"pid":');

    await take();

    expect((await readdir(directory)).filter((name) => name.endsWith('.json'))).toEqual([
      'lock.8.json',
    ]);
  });

  it('works in a directory whose path is longer than a socket may have', async () => {
    const deep = join(directory, 'x'.repeat(120));
    await take(deep);

    await expect(take(deep)).rejects.toThrow(DataDirInUseError);
  });
});

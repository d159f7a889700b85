import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalLog } from './journal.log.js';
import { isOwned } from './owner.js';

export interface Orphan {
  /** The id of the process that wrote it. */
  readonly name: string;
  readonly directory: string;
}

/** `<writer>` while its writer has it, `<writer>~<holder>` once it was adopted. */
const NAME = /^(?<writer>[\da-f-]{36})(?:~(?<holder>[\da-f-]{36}))?$/;

/**
 * Makes the journals of dead owners ours. The rename is atomic, so that of several processes
 * that see the same orphan exactly one gets it.
 */
export async function adoptOrphans(
  root: string,
  owner: string,
  log: JournalLog,
): Promise<Orphan[]> {
  const adopted: Orphan[] = [];
  for (const name of await readdir(root)) {
    const { writer, holder = writer } = NAME.exec(name)?.groups ?? {};
    if (writer === undefined || holder === undefined || holder === owner) continue;
    if (await isOwned(join(root, holder))) continue;
    const directory = join(root, `${writer}~${owner}`);
    if (await renamed(join(root, name), directory, log)) adopted.push({ name: writer, directory });
  }
  return adopted;
}

async function renamed(from: string, to: string, log: JournalLog): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const someoneWasFaster = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!someoneWasFaster) log.upkeepFailed('adopt', error);
    return false;
  }
}

import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { ApiKeysRepository, type NewKey } from './api-keys.repository.js';
import { digestOf, type Key, keyOf, newKey } from './key.js';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_DIRECTORY = 0o700;

export interface AdminKeyFound {
  /** Null where this machine has none, because another one made it. */
  readonly key: string | null;
  /** The database did not know it before: to be printed, this once. */
  readonly created: boolean;
}

/** The administrator's key: made once for a database, kept in a file that only its owner may read. */
@Injectable()
export class AdminKey {
  constructor(private readonly keys: ApiKeysRepository) {}

  /**
   * Makes the key where there is none; brings the file's key into a database that does not know
   * it. The file is written first: a crash in between is healed by the next call.
   *
   * @throws where the file holds no key, or cannot be read or written.
   */
  async ensure(dataDir: string): Promise<AdminKeyFound> {
    const path = join(dataDir, 'admin.key');
    const kept = await readKey(path);
    if (kept !== null) {
      const stored = await this.keys.insert(adminKey(kept));
      return { key: kept.text, created: stored !== null };
    }
    await mkdir(dataDir, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    let made: Key | null = null;
    await this.keys.insertFirstAdminKey(async () => {
      made = await writeKey(path, newKey());
      return adminKey(made);
    });
    return foundAs(made);
  }
}

const foundAs = (made: Key | null): AdminKeyFound => ({
  key: made?.text ?? null,
  created: made !== null,
});

const adminKey = (key: Key): NewKey => ({
  id: key.id,
  name: 'administrator',
  keyHash: digestOf(key).toString('hex'),
  scopes: ['admin'],
});

async function readKey(path: string): Promise<Key | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  await chmod(path, OWNER_ONLY);
  const key = keyOf(text.trim());
  if (key === null) throw new Error(`${path} holds no key: remove it, or bring it back`);
  return key;
}

/** Whole or not at all, and durable before the database knows it; another process's key wins. */
async function writeKey(path: string, key: Key): Promise<Key> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', OWNER_ONLY);
  try {
    await file.writeFile(`${key.text}\n`);
    await file.sync();
    await link(draft, path);
    return key;
  } catch (error) {
    const theirs = (error as NodeJS.ErrnoException).code === 'EEXIST' && (await readKey(path));
    if (!theirs) throw error;
    return theirs;
  } finally {
    await file.close();
    await unlink(draft);
  }
}

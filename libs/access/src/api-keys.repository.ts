import { Database, type Queries } from '#libs/database';
import { Injectable } from '@nestjs/common';
import {
  HAS_ADMIN_KEY,
  INSERT_KEY,
  LIST_KEYS,
  LIVE_KEYS,
  LOCK_ADMIN_KEY,
  REVOKE_KEY,
} from './api-keys.sql.js';

/** A key that may be used, with its hash instead of its text. */
export interface LiveKey {
  readonly id: string;
  readonly keyHash: string;
  readonly scopes: readonly string[];
}

export interface NewKey extends LiveKey {
  readonly name: string;
}

/** What may be told of a key to whoever administers keys. */
export interface StoredKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

@Injectable()
export class ApiKeysRepository {
  constructor(private readonly database: Database) {}

  async live(): Promise<LiveKey[]> {
    const rows = await this.database.query<{ id: string; key_hash: string; scopes: string[] }>(
      LIVE_KEYS,
    );
    return rows.map(({ id, key_hash, scopes }) => ({ id, keyHash: key_hash, scopes }));
  }

  /** Null, and nothing is changed, where the key is there already, revoked or not. */
  async insert(key: NewKey, queries: Queries = this.database): Promise<StoredKey | null> {
    const parameters = [key.id, key.name, key.keyHash, key.scopes];
    const [stored] = await queries.query<StoredKey>(INSERT_KEY, parameters);
    return stored ?? null;
  }

  /** From the oldest to the newest. */
  all(): Promise<StoredKey[]> {
    return this.page(null, null);
  }

  /** Those that are newer than a key, `limit` of them; null means all. */
  page(afterId: string | null, limit: number | null): Promise<StoredKey[]> {
    return this.database.query<StoredKey>(LIST_KEYS, [afterId, limit]);
  }

  /** False where there is no such key. */
  async revoke(id: string): Promise<boolean> {
    return (await this.database.query(REVOKE_KEY, [id])).length > 0;
  }

  /**
   * Inserts the key that `make` answers, unless there is an administrator's key: also where
   * several processes try it at once. Says whether it did.
   */
  insertFirstAdminKey(make: () => Promise<NewKey>): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      await transaction.query(LOCK_ADMIN_KEY);
      if ((await transaction.query(HAS_ADMIN_KEY)).length > 0) return false;
      return (await this.insert(await make(), transaction)) !== null;
    });
  }
}

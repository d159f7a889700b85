import { Database, type Queries } from '#libs/database';
import type { Owner } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import {
  END_AFTER_SUCCESSOR,
  HAS_ADMIN_KEY,
  INSERT_KEY,
  INSERT_SUCCESSOR,
  LIST_KEYS,
  LIVE_KEYS,
  LOCK_ADMIN_KEY,
  LOCK_KEY,
  NOTE_USES,
  REVOKE_KEY,
} from './api-keys.sql.js';

/** A key that may be used, with its hash instead of its text. */
export interface LiveKey {
  readonly id: string;
  readonly keyHash: string;
  readonly scopes: readonly string[];
  readonly ownerKind: string | null;
  readonly ownerId: string | null;
  /** How long it is still good; null where it does not end by itself. */
  readonly leftMs: number | null;
}

export interface NewKey {
  readonly id: string;
  readonly name: string;
  readonly keyHash: string;
  readonly scopes: readonly string[];
  readonly owner?: Owner;
  readonly expiresAt?: string;
}

/** What may be told of a key to whoever administers keys. */
export interface StoredKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly owner: Owner | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly successorId: string | null;
  readonly lastUsedAt: Date | null;
}

/** How a key is followed by another. */
export interface Succession {
  readonly id: string;
  readonly keyHash: string;
  readonly graceHours: number;
  readonly expiresAt?: string;
}

/** Both keys after a rotation; a word where there could be none. */
export type Rotation =
  | { readonly key: StoredKey; readonly successor: StoredKey }
  | 'unknown'
  | 'not live'
  | 'rotated before';

@Injectable()
export class ApiKeysRepository {
  constructor(private readonly database: Database) {}

  live(): Promise<LiveKey[]> {
    return this.database.query<LiveKey>(LIVE_KEYS);
  }

  /** Null, and nothing is changed, where the key is there already, revoked or not. */
  async insert(key: NewKey, queries: Queries = this.database): Promise<StoredKey | null> {
    const { id, name, keyHash, scopes, owner, expiresAt } = key;
    const [stored] = await queries.query<StoredKey>(INSERT_KEY, [
      ...[id, name, keyHash, scopes],
      ...[owner?.kind ?? null, owner?.id ?? null, expiresAt ?? null],
    ]);
    return stored ?? null;
  }

  /** Of two who rotate one key at once, one comes too late. */
  rotate(id: string, next: Succession): Promise<Rotation> {
    return this.database.transaction(async (transaction) => {
      const [found] = await transaction.query<StoredKey & { isLive: boolean }>(LOCK_KEY, [id]);
      if (found === undefined) return 'unknown';
      if (!found.isLive) return 'not live';
      if (found.successorId !== null) return 'rotated before';
      const [successor] = await transaction.query<StoredKey>(INSERT_SUCCESSOR, [
        ...[id, next.id, next.keyHash, next.expiresAt ?? null],
      ]);
      const [key] = await transaction.query<StoredKey>(END_AFTER_SUCCESSOR, [
        ...[id, next.id, next.graceHours],
      ]);
      return { key: key!, successor: successor! };
    });
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

  /** Keeps for each key how many milliseconds ago it was used, unless it was used since. */
  async noteUses(agoMs: ReadonlyMap<string, number>): Promise<void> {
    await this.database.query(NOTE_USES, [[...agoMs.keys()], [...agoMs.values()]]);
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

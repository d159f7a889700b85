import {
  type CreatedKeyView,
  type CreateKeyDto,
  isUuid,
  type KeyPage,
  type ListKeysQuery,
} from '#libs/contracts';
import { ContractBreachError } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { ApiKeysRepository, type StoredKey } from './api-keys.repository.js';
import { digestOf, newKey } from './key.js';

/** Keys of callers. Every process honours a new one, and refuses a revoked one, within two seconds. */
@Injectable()
export class ApiKeys {
  constructor(private readonly keys: ApiKeysRepository) {}

  /** The key's text is in the answer, this once: only its hash is stored. */
  async create({ name, scopes }: CreateKeyDto): Promise<CreatedKeyView> {
    const { id, text } = newKey();
    const keyHash = digestOf({ id, text }).toString('hex');
    const stored = await this.keys.insert({ id, name, scopes, keyHash });
    if (stored === null) throw new Error('a new key has the id of another');
    return { ...viewOf(stored), key: text };
  }

  list(): Promise<StoredKey[]> {
    return this.keys.all();
  }

  /** @throws ContractBreachError for a cursor that is none of ours. */
  async page({ limit, cursor }: ListKeysQuery): Promise<KeyPage> {
    if (cursor !== undefined && !isUuid(cursor)) {
      throw new ContractBreachError([{ field: 'cursor', reason: 'is no cursor of this list' }]);
    }
    const stored = await this.keys.page(cursor ?? null, limit + 1);
    const items = stored.slice(0, limit).map(viewOf);
    return { items, nextCursor: stored.length > limit ? items.at(-1)!.id : null };
  }

  /** Answers false where there is no such key. Revoking twice is harmless. */
  revoke(id: string): Promise<boolean> {
    return this.keys.revoke(id);
  }
}

const viewOf = ({ createdAt, revokedAt, ...key }: StoredKey) => ({
  ...key,
  createdAt: createdAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
});

import type { Scope } from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import { ApiKeysRepository, type KeyView } from './api-keys.repository.js';
import { digestOf, newKey } from './key.js';

export interface KeyRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
}

export interface CreatedKey {
  readonly id: string;
  /** Shown this once: only its hash is stored. */
  readonly key: string;
}

/** Keys of callers. Every process honours a new one, and refuses a revoked one, within two seconds. */
@Injectable()
export class ApiKeys {
  constructor(private readonly keys: ApiKeysRepository) {}

  async create({ name, scopes }: KeyRequest): Promise<CreatedKey> {
    const key = newKey();
    await this.keys.insert({ id: key.id, name, scopes, keyHash: digestOf(key).toString('hex') });
    return { id: key.id, key: key.text };
  }

  list(): Promise<KeyView[]> {
    return this.keys.all();
  }

  /** Answers false where there is no such key. Revoking twice is harmless. */
  revoke(id: string): Promise<boolean> {
    return this.keys.revoke(id);
  }
}

import {
  type CreatedKeyView,
  type CreateKeyDto,
  DEFAULT_GRACE_HOURS,
  isUuid,
  type KeyPage,
  type KeyView,
  type ListKeysQuery,
  type RotatedKeyView,
  type RotateKeyDto,
  type Scope,
  SCOPES_OF_OWNERS,
} from '#libs/contracts';
import { type Breach, ContractBreachError } from '#libs/platform';
import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { ApiKeysRepository, type StoredKey } from './api-keys.repository.js';
import { digestOf, newKey } from './key.js';

/** Why a key cannot be followed by another. */
const NO_ROTATION = {
  'not live': 'The key is revoked or over: make another one.',
  'rotated before': 'The key has a successor already: rotate that one, or make another key.',
};

/** Keys of callers. Every process honours a new one, and refuses a revoked one, within two seconds. */
@Injectable()
export class ApiKeys {
  constructor(private readonly keys: ApiKeysRepository) {}

  /**
   * The key's text is in the answer, this once: only its hash is stored.
   *
   * @throws ContractBreachError for an owner's key that may more than an owner, and for an end that
   * is not ahead.
   */
  async create({ name, scopes, ...request }: CreateKeyDto): Promise<CreatedKeyView> {
    const owner = request.owner ?? undefined; // null is absence
    const expiresAt = request.expiresAt ?? undefined;
    refuse([...tooMuchFor(owner, scopes), ...notAhead(expiresAt)]);
    const { id, text } = newKey();
    const keyHash = digestOf({ id, text }).toString('hex');
    const stored = await this.keys.insert({ id, name, scopes, keyHash, owner, expiresAt });
    if (stored === null) throw new Error('a new key has the id of another');
    return { ...viewOf(stored), key: text };
  }

  /**
   * Makes a successor with the key's name, scopes and owner, shown this once; both work until the
   * grace is over.
   *
   * @throws NotFoundException, ConflictException where the key is over or has a successor, or
   * ContractBreachError for an end that is not ahead.
   */
  async rotate(id: string, request: RotateKeyDto): Promise<RotatedKeyView> {
    const expiresAt = request.expiresAt ?? undefined; // null is absence
    const graceHours = request.graceHours ?? DEFAULT_GRACE_HOURS;
    refuse(notAhead(expiresAt));
    const next = newKey();
    const keyHash = digestOf(next).toString('hex');
    const done = await this.keys.rotate(id, { id: next.id, keyHash, graceHours, expiresAt });
    if (done === 'unknown') throw new NotFoundException(NO_KEY);
    if (typeof done === 'string') throw new ConflictException(NO_ROTATION[done]);
    return { ...viewOf(done.successor), key: next.text, replaces: viewOf(done.key) };
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

export const NO_KEY = 'There is no such key.';

const viewOf = (key: StoredKey): KeyView => ({
  ...key,
  createdAt: key.createdAt.toISOString(),
  revokedAt: key.revokedAt?.toISOString() ?? null,
  expiresAt: key.expiresAt?.toISOString() ?? null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
});

function refuse(breaches: readonly Breach[]): void {
  if (breaches.length > 0) throw new ContractBreachError(breaches);
}

function tooMuchFor(owner: CreateKeyDto['owner'], scopes: readonly Scope[]): Breach[] {
  if (owner === undefined) return [];
  return scopes
    .filter((scope) => !SCOPES_OF_OWNERS[owner.kind].includes(scope))
    .map((scope) => ({
      field: 'scopes',
      reason: `${scope} is nothing for a key that is bound to a ${owner.kind}`,
    }));
}

const notAhead = (expiresAt: string | undefined): Breach[] =>
  expiresAt !== undefined && Date.parse(expiresAt) <= Date.now()
    ? [{ field: 'expiresAt', reason: 'is not ahead' }]
    : [];

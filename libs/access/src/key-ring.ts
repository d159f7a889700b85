import { timingSafeEqual } from 'node:crypto';
import { Database, FreshCopy } from '#libs/database';
import { type Caller, CannotAuthenticateError } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { ApiKeysRepository, type LiveKey } from './api-keys.repository.js';
import { digestOf, type Key } from './key.js';
import { KeyUses } from './key-uses.js';

const CHANNEL = 'footfall_api_keys';
const READ_EVERY_MS = 1000;

interface Held {
  readonly digest: Buffer;
  readonly caller: Caller;
  /** By this process's own clock that never goes back, since those of two machines differ. */
  readonly untilMs: number;
}

/**
 * The live keys, in memory. When the database goes away, those that were read last go on working,
 * each until its own end.
 */
@Injectable()
export class KeyRing {
  private held: ReadonlyMap<string, Held> | null = null;
  private readonly copy: FreshCopy;

  constructor(
    database: Database,
    private readonly keys: ApiKeysRepository,
    private readonly uses: KeyUses,
  ) {
    this.copy = new FreshCopy(database, {
      channel: CHANNEL,
      everyMs: READ_EVERY_MS,
      refresh: () => this.read(),
    });
  }

  /** Reads the keys in the background, as soon as the database is ready, and again each second. */
  start(): void {
    this.copy.start();
    this.uses.start();
  }

  /** Ends the background work; does not wait long for a database that hangs. */
  async stop(): Promise<void> {
    await Promise.all([this.copy.stop(), this.uses.stop()]);
  }

  /** Whether keys have been read once. */
  get isLoaded(): boolean {
    return this.held !== null;
  }

  /**
   * Whom a key stands for; null where it is unknown, revoked or over.
   *
   * @throws CannotAuthenticateError while keys have never been read.
   */
  callerOf(key: Key): Caller | null {
    if (this.held === null) throw new CannotAuthenticateError('keys have not been read yet');
    const held = this.held.get(key.id);
    if (held === undefined || !timingSafeEqual(held.digest, digestOf(key))) return null;
    if (performance.now() >= held.untilMs) return null;
    this.uses.note(key.id);
    return held.caller;
  }

  private async read(): Promise<void> {
    const atMs = performance.now();
    const live = await this.keys.live();
    this.held = new Map(live.filter(isWhole).map((key) => [key.id, heldOf(key, atMs)]));
  }
}

/** A row that was written by hand may hold anything; digests of unequal length do not compare. */
const isWhole = ({ keyHash }: LiveKey): boolean => /^[0-9a-f]{64}$/i.test(keyHash);

const heldOf = (key: LiveKey, atMs: number): Held => ({
  digest: Buffer.from(key.keyHash, 'hex'),
  caller: callerOf(key),
  untilMs: key.leftMs === null ? Infinity : atMs + key.leftMs,
});

function callerOf({ id, scopes, ownerKind, ownerId }: LiveKey): Caller {
  const caller = { kind: 'key', id, scopes } as const;
  if (ownerKind === null || ownerId === null) return caller;
  return { ...caller, owner: { kind: ownerKind, id: ownerId } };
}

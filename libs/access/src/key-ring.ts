import { timingSafeEqual } from 'node:crypto';
import { Database, FreshCopy } from '#libs/database';
import { type Caller, CannotAuthenticateError } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { ApiKeysRepository, type LiveKey } from './api-keys.repository.js';
import { digestOf, type Key } from './key.js';

const CHANNEL = 'footfall_api_keys';
const READ_EVERY_MS = 1000;

interface Held {
  readonly digest: Buffer;
  readonly caller: Caller;
}

/**
 * The live keys, in memory. When the database goes away, those that were read last go on working.
 */
@Injectable()
export class KeyRing {
  private held: ReadonlyMap<string, Held> | null = null;
  private readonly copy: FreshCopy;

  constructor(
    database: Database,
    private readonly keys: ApiKeysRepository,
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
  }

  /** Ends the background work; does not wait long for a database that hangs. */
  stop(): Promise<void> {
    return this.copy.stop();
  }

  /** Whether keys have been read once. */
  get isLoaded(): boolean {
    return this.held !== null;
  }

  /**
   * Whom a key stands for; null where it is unknown or revoked.
   *
   * @throws CannotAuthenticateError while keys have never been read.
   */
  callerOf(key: Key): Caller | null {
    if (this.held === null) throw new CannotAuthenticateError('keys have not been read yet');
    const held = this.held.get(key.id);
    return held !== undefined && timingSafeEqual(held.digest, digestOf(key)) ? held.caller : null;
  }

  private async read(): Promise<void> {
    const live = await this.keys.live();
    this.held = new Map(live.filter(isWhole).map((key) => [key.id, heldOf(key)]));
  }
}

/** A row that was written by hand may hold anything; digests of unequal length do not compare. */
const isWhole = ({ keyHash }: LiveKey): boolean => /^[0-9a-f]{64}$/i.test(keyHash);

const heldOf = ({ id, keyHash, scopes }: LiveKey): Held => ({
  digest: Buffer.from(keyHash, 'hex'),
  caller: { kind: 'key', id, scopes },
});
